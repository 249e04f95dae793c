package io.vaultline.letter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CommitOrder;
import io.vaultline.letter.LetterRequest.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The records of the dead-letter topic. The key is the JSON array {@code ["letter", role, source, id]}; the value is the
 * change's own record value, which no longer exists once it is handled; the header {@code letter} says as JSON what {@link
 * DeadLetter} says, and the header {@code key} is the change's own record key. Beside them, {@code ["settled", role, source,
 * id]} says as JSON what a {@link Settlement} says; who reads letters may take it for the end of one.
 */
public final class LetterCodec {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KIND = "letter";
    private static final String SETTLED = "settled";
    private static final String KEY = "key";
    private static final String PLACE = "place";
    private static final int ID_BYTES = 5;
    private static final int ROW_BYTES = 16;

    private LetterCodec() {}

    /** A name of a change: its role, and a digest of what makes it unique. */
    public static String id(String role, CollectionId collection, CommitOrder order, byte[] key) {
        String place = collection.source()
                + '\0'
                + collection.namespace()
                + '\0'
                + collection.name()
                + '\0'
                + order.commitPosition()
                + '\0'
                + order.ordinal();
        return role + "-" + digest(place, key, ID_BYTES);
    }

    /** A name of a change that is in its topic already, which no other change there has. */
    public static String id(String role, KafkaPlace place) {
        return role + "-" + digest(place.toString(), new byte[0], ID_BYTES);
    }

    /** A name of a row. */
    public static String row(CollectionId collection, byte[] key) {
        String place = collection.source() + '\0' + collection.namespace() + '\0' + collection.name();
        return digest(place, key, ROW_BYTES);
    }

    private static String digest(String place, byte[] key, int bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(place.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(key), 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * The record of a change that waits.
     *
     * @param key of the change's record
     * @param change the value of the change's record
     */
    public static ProducerRecord<byte[], byte[]> record(String topic, DeadLetter letter, byte[] key, byte[] change) {
        ProducerRecord<byte[], byte[]> item = new ProducerRecord<>(topic, 0, key(letter), change);
        item.headers().add(KIND, header(letter)).add(KEY, key);
        return item;
    }

    /** The record that says that the change waits no more. */
    public static ProducerRecord<byte[], byte[]> end(String topic, DeadLetter letter) {
        return new ProducerRecord<>(topic, 0, key(letter), null);
    }

    /** The record that keeps what people decided about a letter. */
    public static ProducerRecord<byte[], byte[]> settled(String topic, DeadLetter letter, LetterRequest request) {
        Settlement settlement = Settlement.of(letter, request);
        ObjectNode node =
                JSON.createObjectNode().put("action", settlement.action().name());
        DecisionJson.write(node, settlement.author(), settlement.values());
        letter.place().ifPresent(place -> put(node.putObject(PLACE), place));
        return new ProducerRecord<>(topic, 0, key(SETTLED, letter), bytes(node));
    }

    /** What people decided about a letter, and where its change stands, if the record says that. */
    public static Optional<Map.Entry<KafkaPlace, Settlement>> readSettled(ConsumerRecord<byte[], byte[]> item) {
        try {
            if (item.value() == null
                    || !JSON.readTree(item.key()).required(0).asText().equals(SETTLED)) {
                return Optional.empty();
            }
            JsonNode node = JSON.readTree(item.value());
            Action action = Action.valueOf(node.required("action").asText());
            Settlement settlement =
                    new Settlement(id(item), action, DecisionJson.author(node), DecisionJson.values(node));
            return Optional.ofNullable(node.get(PLACE)).map(place -> Map.entry(place(place), settlement));
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private static byte[] key(DeadLetter letter) {
        return key(KIND, letter);
    }

    private static byte[] key(String kind, DeadLetter letter) {
        return bytes(JSON.createArrayNode()
                .add(kind)
                .add(letter.role())
                .add(letter.collection().source())
                .add(letter.id()));
    }

    private static byte[] header(DeadLetter letter) {
        ObjectNode node = JSON.createObjectNode()
                .put("namespace", letter.collection().namespace())
                .put("collection", letter.collection().name())
                .put("commitPosition", letter.order().commitPosition())
                .put("ordinal", letter.order().ordinal())
                .put("commitMicros", letter.commitMicros())
                .put("row", letter.row());
        letter.reason()
                .ifPresent(reason -> node.putObject("reason")
                        .put("code", reason.code().name())
                        .put("what", reason.what())
                        .put("where", reason.where())
                        .put("remedy", reason.remedy()));
        letter.shape().ifPresent(shape -> node.put("shape", shape));
        letter.unfit().forEach(node.putArray("unfit")::add);
        letter.place().ifPresent(place -> put(node.putObject(PLACE), place));
        return bytes(node);
    }

    private static void put(ObjectNode node, KafkaPlace place) {
        node.put("topic", place.topic()).put("partition", place.partition()).put("offset", place.offset());
    }

    private static KafkaPlace place(JsonNode node) {
        return new KafkaPlace(
                node.required("topic").asText(),
                node.required("partition").asInt(),
                node.required("offset").asLong());
    }

    /** The key of the change's record. */
    public static byte[] changeKey(ConsumerRecord<byte[], byte[]> item) {
        return required(item, KEY);
    }

    /** The id that a record is about, whether the change waits or no longer does. */
    public static String id(ConsumerRecord<byte[], byte[]> item) {
        try {
            return JSON.readTree(item.key()).required(3).asText();
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    /** What waits; nothing if the record says that it no longer does. @throws PipelineException if it is none of ours */
    public static Optional<DeadLetter> read(ConsumerRecord<byte[], byte[]> item) {
        if (item.value() == null) {
            return Optional.empty();
        }
        try {
            JsonNode key = JSON.readTree(item.key());
            return key.required(0).asText().equals(SETTLED)
                    ? Optional.empty()
                    : Optional.of(letter(key, JSON.readTree(required(item, KIND))));
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private static DeadLetter letter(JsonNode key, JsonNode node) {
        return new DeadLetter(
                key.required(3).asText(),
                key.required(1).asText(),
                new CollectionId(
                        key.required(2).asText(),
                        node.required("namespace").asText(),
                        node.required("collection").asText()),
                new CommitOrder(
                        node.required("commitPosition").asLong(),
                        node.required("ordinal").asLong()),
                node.required("commitMicros").asLong(),
                node.required("row").asText(),
                Optional.ofNullable(node.get("reason")).map(LetterCodec::reason),
                Optional.ofNullable(node.get("shape")).map(JsonNode::asText),
                names(node.required("unfit")),
                Optional.ofNullable(node.get(PLACE)).map(LetterCodec::place));
    }

    private static Reason reason(JsonNode node) {
        return new Reason(
                ErrorCode.valueOf(node.required("code").asText()),
                node.required("what").asText(),
                node.required("where").asText(),
                node.required("remedy").asText());
    }

    private static List<String> names(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static byte[] required(ConsumerRecord<byte[], byte[]> item, String name) {
        Header header = item.headers().lastHeader(name);
        if (header == null) {
            throw unreadable(new IllegalArgumentException("no header " + name));
        }
        return header.value();
    }

    private static PipelineException unreadable(Exception cause) {
        return new PipelineException(
                ErrorCode.RECORD_UNREADABLE,
                "A record of the dead-letter topic is none of ours",
                "dead-letter topic",
                "Check that no other program writes to this topic.",
                cause);
    }

    private static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
