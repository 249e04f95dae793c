import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.time.Instant;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what a capture wrote, by Avro's and Jackson's own readers, and says how many rows it found, the sum of their
 * checksums, and how many came twice or out of their order. Rows with an id of 0 or below are not counted.
 *
 * <p>Arguments: bootstrap servers, {@code vaultline} or {@code debezium}, topic of the schemas, {@code rows} or {@code
 * documents}, topic, first offsets and end offsets as {@code partition:offset,...}.
 */
public final class TopicReader {
    /** One change, whatever its encoding. */
    record Change(char operation, long id, String text) {}

    interface Format {
        Change read(byte[] value) throws Exception;
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private TopicReader() {}

    public static void main(String[] arguments) throws Exception {
        boolean documents = arguments[3].equals("documents");
        Map<Integer, Long> starts = offsets(arguments[5]);
        Map<Integer, Long> ends = offsets(arguments[6]);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(arguments[0])) {
            Format format = arguments[1].equals("vaultline")
                    ? new Vaultline(schemas(consumer, arguments[2]), documents)
                    : new Debezium(documents);
            System.out.println(count(consumer, arguments[4], starts, ends, format));
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrap) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static Map<Integer, Long> offsets(String text) {
        Map<Integer, Long> offsets = new TreeMap<>();
        for (String part : text.split(",")) {
            String[] pair = part.split(":");
            offsets.put(Integer.valueOf(pair[0]), Long.valueOf(pair[1]));
        }
        return offsets;
    }

    private static String count(
            KafkaConsumer<byte[], byte[]> consumer,
            String topic,
            Map<Integer, Long> starts,
            Map<Integer, Long> ends,
            Format format)
            throws Exception {
        Tally tally = new Tally();
        for (Map.Entry<Integer, Long> end : ends.entrySet()) {
            TopicPartition partition = new TopicPartition(topic, end.getKey());
            consumer.assign(List.of(partition));
            consumer.seek(partition, starts.get(end.getKey()));
            while (consumer.position(partition) < end.getValue()) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofSeconds(1))) {
                    if (each.value() != null && each.offset() < end.getValue()) {
                        tally.add(format.read(each.value()));
                    }
                }
            }
        }
        return tally.toString();
    }

    /** Of one id there is at most one change of each kind, and its update comes after its insert. */
    private static final class Tally {
        private final MessageDigest digest = MessageDigest.getInstance("MD5");
        private final Map<Character, BitSet> seen = new HashMap<>();
        private long rows;
        private long checksum;
        private long twice;
        private long disorder;

        Tally() throws Exception {}

        void add(Change change) {
            if (change.id() <= 0) {
                return;
            }
            rows++;
            String text = change.operation() + "|" + change.text();
            checksum += ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8))).getLong() >>> 4;
            BitSet ids = seen.computeIfAbsent(change.operation(), kind -> new BitSet());
            int id = Math.toIntExact(change.id());
            twice += ids.get(id) ? 1 : 0;
            ids.set(id);
            boolean updateFirst = change.operation() == 'c' && seen.containsKey('u') && seen.get('u').get(id);
            disorder += updateFirst ? 1 : 0;
        }

        @Override
        public String toString() {
            return "{\"rows\": %d, \"checksum\": %s, \"twice\": %d, \"disorder\": %d}"
                    .formatted(rows, Long.toUnsignedString(checksum), twice, disorder);
        }
    }

    private static Map<Long, GenericDatumReader<GenericRecord>> schemas(
            KafkaConsumer<byte[], byte[]> consumer, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        Map<Long, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofSeconds(1))) {
                Schema schema = new Schema.Parser().parse(new String(each.value(), StandardCharsets.UTF_8));
                readers.put(SchemaNormalization.parsingFingerprint64(schema), new GenericDatumReader<>(schema));
            }
        }
        return readers;
    }

    /** Avro's single-object encoding, read by Avro. */
    private record Vaultline(Map<Long, GenericDatumReader<GenericRecord>> readers, boolean documents)
            implements Format {
        @Override
        public Change read(byte[] value) throws Exception {
            ByteBuffer head = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
            GenericRecord change = readers.get(head.getLong(2))
                    .read(null, DecoderFactory.get().binaryDecoder(value, 10, value.length - 10, null));
            char operation = Character.toLowerCase(change.get("op").toString().charAt(0));
            GenericRecord row = (GenericRecord) change.get("after");
            return documents ? document(operation, row) : row(operation, row);
        }

        private static Change row(char operation, GenericRecord row) {
            ByteBuffer d = (ByteBuffer) row.get("d");
            byte[] unscaled = new byte[d.remaining()];
            d.duplicate().get(unscaled);
            String text = joined(
                    row.get("id"), row.get("a"), row.get("b"), row.get("c"),
                    new BigDecimal(new BigInteger(unscaled), 2), row.get("e"), row.get("f"),
                    row.get("g"), row.get("h"), row.get("i"));
            return new Change(operation, (Long) row.get("id"), text);
        }

        private static Change document(char operation, GenericRecord row) throws Exception {
            JsonNode address = JSON.readTree(row.get("address").toString());
            JsonNode items = JSON.readTree(row.get("items").toString());
            Object id = row.get("_id");
            long number = Long.parseLong(id.toString());
            return new Change(operation, number, documentText(number, row.get("status"), address, items));
        }
    }

    /** Debezium's JSON without schemas. */
    private record Debezium(boolean documents) implements Format {
        @Override
        public Change read(byte[] value) throws Exception {
            JsonNode change = JSON.readTree(value);
            char operation = change.get("op").textValue().charAt(0);
            JsonNode after = change.get("after");
            return documents ? document(operation, JSON.readTree(after.textValue())) : row(operation, after);
        }

        private static Change row(char operation, JsonNode row) {
            BigInteger unscaled = new BigInteger(Base64.getDecoder().decode(row.get("d").textValue()));
            Instant g = OffsetDateTime.parse(row.get("g").textValue()).toInstant();
            String text = joined(
                    row.get("id").longValue(), row.get("a").longValue(),
                    row.get("b").isNull() ? null : row.get("b").longValue(), row.get("c").longValue(),
                    new BigDecimal(unscaled, 2), row.get("e").textValue(), row.get("f").textValue(),
                    ChronoUnit.MICROS.between(Instant.EPOCH, g), row.get("h").booleanValue(),
                    row.get("i").longValue());
            return new Change(operation, row.get("id").longValue(), text);
        }

        private static Change document(char operation, JsonNode row) {
            long id = number(row.get("_id")).longValue();
            String status = row.get("status").textValue();
            return new Change(operation, id, documentText(id, status, row.get("address"), row.get("items")));
        }
    }

    private static String documentText(long id, Object status, JsonNode address, JsonNode items) {
        StringBuilder text = new StringBuilder();
        text.append(id).append('|').append(status);
        text.append('|').append(address.get("city").textValue()).append('|').append(number(address.get("zip")));
        for (JsonNode item : items) {
            BigDecimal quarters = new BigDecimal(number(item.get("price")).toString()).multiply(BigDecimal.valueOf(4));
            text.append('|').append(item.get("product").textValue());
            text.append('|').append(number(item.get("quantity")));
            text.append('|').append(quarters.longValueExact());
        }
        return text.toString();
    }

    /** A number of extended JSON, relaxed or canonical. */
    private static Number number(JsonNode node) {
        if (node.isNumber()) {
            return node.isIntegralNumber() ? node.longValue() : node.decimalValue();
        }
        String text = node.elements().next().textValue();
        return text.indexOf('.') < 0 ? Long.valueOf(text) : new BigDecimal(text);
    }

    private static String joined(Object... values) {
        StringBuilder text = new StringBuilder();
        for (Object value : values) {
            text.append(text.length() == 0 ? "" : "|").append(value);
        }
        return text.toString();
    }
}
