package io.vaultline.clickhouse.load;

import io.vaultline.codec.ChangeEncoder;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.config.KafkaConfig;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import io.vaultline.event.Watermark;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.TopicCreator;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.WatermarkCodec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Writes changes to Kafka as a capture does: schemas first, everything of a call in one transaction. */
final class Publisher implements AutoCloseable {
    private final TopicNames names;
    private final Admin admin;
    private final TopicCreator topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ChangeEncoder encoder = new ChangeEncoder();
    private final Map<CollectionSchema, ChangeSchema> schemas = new HashMap<>();
    private final Set<Long> published = new HashSet<>();
    private long position = 1_000;

    Publisher(KafkaConfig config, String pipeline) {
        KafkaClients clients = new KafkaClients(config);
        names = new TopicNames(pipeline);
        admin = clients.admin();
        topics = new TopicCreator(admin, config);
        topics.createInternal(names);
        producer = clients.transactionalProducer(pipeline + "-test");
        producer.initTransactions();
    }

    DataChangeEvent created(CollectionSchema schema, @Nullable Object... values) {
        return new RowCreated(header(schema), new Row(schema, values), null);
    }

    DataChangeEvent updated(CollectionSchema schema, @Nullable Object... values) {
        return new RowUpdated(header(schema), null, new Row(schema, values));
    }

    private ChangeHeader header(CollectionSchema schema) {
        position++;
        return new ChangeHeader(schema, new CommitOrder(position, 1), position * 1_000, "tx");
    }

    /** The shape alone, as of a table that is empty. */
    void publish(CollectionSchema schema) {
        topics.createChanges(List.of(names.changes(schema.id())));
        producer.beginTransaction();
        announce(known(schema));
        producer.commitTransaction();
    }

    /** The same, also if it was published before: it is the newest again. */
    void publishAgain(CollectionSchema schema) {
        published.remove(known(schema).fingerprint());
        publish(schema);
    }

    void publish(DataChangeEvent... events) {
        publish(List.of(events));
    }

    void publish(List<DataChangeEvent> events) {
        for (DataChangeEvent event : events) {
            if (!published.contains(known(event.schema()).fingerprint())) {
                topics.createChanges(List.of(names.changes(event.schema().id())));
            }
        }
        producer.beginTransaction();
        events.forEach(this::send);
        producer.commitTransaction();
    }

    private void send(DataChangeEvent event) {
        ChangeSchema schema = known(event.schema());
        announce(schema);
        Row row = event instanceof RowCreated created ? created.after() : ((RowUpdated) event).after();
        send(names.changes(event.schema().id()), encoder.encodeKey(schema, row), encoder.encode(schema, event));
    }

    /** A record that is no change, with the key of a row. */
    void publishGarbage(CollectionSchema schema, @Nullable Object... keyRow) {
        producer.beginTransaction();
        byte[] key = encoder.encodeKey(known(schema), new Row(schema, keyRow));
        send(names.changes(schema.id()), key, new byte[] {1, 2, 3});
        producer.commitTransaction();
    }

    /** Says that everything up to a commit lies below these offsets. */
    void watermark(long position, Map<String, Long> endOffsets) {
        Watermark watermark = new Watermark("pg", position, position * 1_000, endOffsets);
        producer.beginTransaction();
        send(names.control(), WatermarkCodec.key("pg"), WatermarkCodec.encode(watermark));
        producer.commitTransaction();
    }

    /** Behind the last change in each of two partitions, before the mark of its transaction. */
    Map<String, Long> ends(CollectionSchema schema) {
        Map<String, Long> ends = new HashMap<>();
        for (int partition = 0; partition < 2; partition++) {
            TopicPartition place = new TopicPartition(names.changes(schema.id()), partition);
            try {
                long next = admin.listOffsets(Map.of(place, OffsetSpec.latest()))
                        .partitionResult(place)
                        .get()
                        .offset();
                ends.put(place.toString(), next - 1);
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return ends;
    }

    private ChangeSchema known(CollectionSchema schema) {
        return schemas.computeIfAbsent(schema, ChangeSchema::of);
    }

    /** Whether it failed shows when the transaction is committed. */
    private void send(String topic, byte[] key, byte[] value) {
        var unused = producer.send(new ProducerRecord<>(topic, key, value));
    }

    private void announce(ChangeSchema schema) {
        if (published.add(schema.fingerprint())) {
            byte[] key = ChangeSchema.spell(schema.fingerprint()).getBytes(StandardCharsets.UTF_8);
            byte[] value = schema.valueJson().getBytes(StandardCharsets.UTF_8);
            send(names.schemas(), key, value);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
