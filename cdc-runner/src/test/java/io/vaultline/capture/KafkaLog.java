package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.codec.ChangeDecoder;
import io.vaultline.config.KafkaConfig;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.SchemaChanged;
import io.vaultline.event.Watermark;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.SchemaCatalog;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.WatermarkCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** What a {@code read_committed} reader sees of a pipeline's topics. */
final class KafkaLog {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final KafkaClients clients;
    private final TopicNames names;

    KafkaLog(KafkaConfig config, String pipeline) {
        this.clients = new KafkaClients(config);
        this.names = new TopicNames(pipeline);
    }

    /** A change and where it stands. */
    record Entry(TopicPartition partition, long offset, DataChangeEvent event) {}

    /** All changes of a table or collection, partition by partition. */
    List<Entry> changes(String table) {
        List<Entry> entries = new ArrayList<>();
        try (SchemaCatalog schemas = new SchemaCatalog(clients, names);
                KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
            ChangeDecoder decoder = new ChangeDecoder(schemas);
            read(
                    consumer,
                    partitions(consumer, table),
                    entry -> entries.add(new Entry(
                            new TopicPartition(entry.topic(), entry.partition()),
                            entry.offset(),
                            decoder.decode(entry.value()))));
        }
        return entries;
    }

    /** How far a table's topic goes, in records of all partitions, those of open transactions included. */
    long end(String table) {
        try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of("isolation.level", "read_uncommitted"))) {
            return consumer.endOffsets(partitions(consumer, table)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** How far a table's topic goes, in offsets of all partitions; 0 if there is none. */
    long written(String table) {
        try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
            return consumer.endOffsets(partitions(consumer, table)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String table) {
        return consumer.listTopics().entrySet().stream()
                .filter(topic -> names.changePattern().matcher(topic.getKey()).matches())
                .filter(topic -> topic.getKey().endsWith("." + table))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    List<DataChangeEvent> events(String table) {
        return changes(table).stream().map(Entry::event).toList();
    }

    List<DataChangeEvent> events(CollectionId id) {
        String topic = names.changes(id);
        return events(topic.substring(topic.lastIndexOf('.') + 1));
    }

    /** The published shapes of a table, in their order. */
    List<CollectionSchema> shapesOf(String table) {
        try (SchemaCatalog schemas = new SchemaCatalog(clients, names)) {
            return schemas.refresh().stream()
                    .map(SchemaChanged::schema)
                    .filter(shape -> shape.id().name().equals(table))
                    .toList();
        }
    }

    /** The newest published shapes by table name. */
    Map<String, CollectionSchema> shapes() {
        try (SchemaCatalog schemas = new SchemaCatalog(clients, names)) {
            Map<String, CollectionSchema> shapes = new HashMap<>();
            schemas.refresh().forEach(change -> shapes.put(change.schema().id().name(), change.schema()));
            return shapes;
        }
    }

    /** The newest watermark of a source. */
    Optional<Watermark> watermark(String source) {
        List<MarkedAt> found = watermarks(source);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(found.get(found.size() - 1).watermark());
    }

    /** Waits for a source's watermark that covers a position. Reads on, since asking again and again is dear. */
    void awaitCovered(String source, long position) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        long newest = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
            List<TopicPartition> control = List.of(new TopicPartition(names.control(), 0));
            consumer.assign(control);
            consumer.seekToBeginning(control);
            while (newest < position) {
                assertThat(System.nanoTime())
                        .as("a watermark of %s up to %s; the newest is %s", source, position, newest)
                        .isLessThan(deadline);
                for (ConsumerRecord<byte[], byte[]> item : consumer.poll(Duration.ofMillis(100))) {
                    Watermark watermark = WatermarkCodec.decode(item.value());
                    newest = watermark.source().equals(source) ? watermark.commitPosition() : newest;
                }
            }
        }
    }

    /** A watermark, and when it was written, milliseconds since the epoch. */
    record MarkedAt(Watermark watermark, long millis) {}

    /** All watermarks of a source that Kafka still has, oldest first. */
    List<MarkedAt> watermarks(String source) {
        List<MarkedAt> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
            read(consumer, List.of(new TopicPartition(names.control(), 0)), entry -> {
                Watermark watermark = WatermarkCodec.decode(entry.value());
                if (watermark.source().equals(source)) {
                    found.add(new MarkedAt(watermark, entry.timestamp()));
                }
            });
        }
        return found;
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(reader);
        }
    }
}
