package io.vaultline.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.codec.ChangeEncoder;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.config.ClickHouseConfig;
import io.vaultline.config.KafkaConfig;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.Secret;
import io.vaultline.devstack.endpoint.Endpoints;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.Watermark;
import io.vaultline.iceberg.lake.LakeCatalog;
import io.vaultline.iceberg.lake.TestLake;
import io.vaultline.iceberg.read.IcebergHistory;
import io.vaultline.iceberg.table.HistoryTables;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.TopicCreator;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.WatermarkCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** A pipeline over a local stack: what a capture would put into Kafka, and what stands in the lake. */
final class TestPipeline implements AutoCloseable {
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(300);

    private final PipelineConfig config;
    private final TopicNames names;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final LakeCatalog lake;
    private final HistoryTables tables;

    TestPipeline(Endpoints stack, String pipeline) {
        this.config = config(stack, pipeline);
        this.names = new TopicNames(pipeline);
        KafkaClients clients = new KafkaClients(config.kafka());
        this.admin = clients.admin();
        new TopicCreator(admin, config.kafka()).createInternal(names);
        this.producer = clients.transactionalProducer(pipeline + "-capture");
        producer.initTransactions();
        this.lake = LakeCatalog.open(config.lake());
        this.tables = new HistoryTables(lake, names);
    }

    static PipelineConfig config(Endpoints stack, String pipeline) {
        return new PipelineConfig(
                pipeline,
                List.of(),
                new KafkaConfig(stack.kafka().bootstrapServers(), 2, 1, Duration.ofDays(1), Map.of()),
                new ClickHouseConfig("http://127.0.0.1:1", "none", new Secret(""), "vault", COMMIT_INTERVAL, 1),
                TestLake.config(stack, COMMIT_INTERVAL),
                Optional.empty(),
                0);
    }

    PipelineConfig config() {
        return config;
    }

    Admin admin() {
        return admin;
    }

    HistoryTables tables() {
        return tables;
    }

    IcebergHistory history() {
        return new IcebergHistory(tables);
    }

    String topic(CollectionSchema schema) {
        return names.changes(schema.id());
    }

    /** Takes a collection in: its topic and its shape, without a row. */
    void announce(CollectionSchema schema) {
        new TopicCreator(admin, config.kafka()).createChanges(List.of(topic(schema)));
        ChangeSchema change = ChangeSchema.of(schema);
        inTransaction(List.of(new ProducerRecord<>(
                names.schemas(),
                ChangeSchema.spell(change.fingerprint()).getBytes(StandardCharsets.UTF_8),
                change.valueJson().getBytes(StandardCharsets.UTF_8))));
    }

    /** Puts new rows into Kafka in one transaction. */
    void send(List<RowCreated> changes) {
        ChangeEncoder encoder = new ChangeEncoder();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (RowCreated change : changes) {
            ChangeSchema schema = ChangeSchema.of(change.schema());
            records.add(new ProducerRecord<>(
                    topic(change.schema()), encoder.encodeKey(schema, change.after()), encoder.encode(schema, change)));
        }
        inTransaction(records);
    }

    /** Says that source {@code pg} has nothing beyond these offsets. */
    void watermark(Map<TopicPartition, Long> endOffsets) {
        Map<String, Long> ends = new HashMap<>();
        endOffsets.forEach((partition, offset) -> ends.put(partition.toString(), offset));
        inTransaction(List.of(new ProducerRecord<>(
                names.control(), WatermarkCodec.key("pg"), WatermarkCodec.encode(new Watermark("pg", 1, 1, ends)))));
    }

    /** The offsets that the consumer group has told. */
    Map<TopicPartition, Long> groupOffsets() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listConsumerGroupOffsets(ArchiveService.group(config.pipeline()))
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }

    private void inTransaction(List<ProducerRecord<byte[], byte[]>> records) {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
        producer.commitTransaction();
        assertThat(sent).allMatch(Future::isDone);
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        lake.close();
    }
}
