package io.vaultline.iceberg;

import io.vaultline.config.PipelineConfig;
import io.vaultline.iceberg.lake.LakeCatalog;
import io.vaultline.iceberg.table.HistoryTables;
import io.vaultline.kafka.ChangeConsumer;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.SchemaCatalog;
import io.vaultline.kafka.TopicCreator;
import io.vaultline.kafka.TopicNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Everything that archiving needs open: the lake and Kafka. */
record ArchiveParts(
        TopicNames topics,
        HistoryTables tables,
        SchemaCatalog schemas,
        ChangeConsumer consumer,
        Assignment assignment,
        StartOffsets starts,
        Resources resources)
        implements AutoCloseable {

    /** @throws io.vaultline.error.PipelineException if lake or Kafka can't be reached; nothing is left open then */
    static ArchiveParts open(PipelineConfig config) {
        Resources resources = new Resources();
        try {
            TopicNames topics = new TopicNames(config.pipeline());
            LakeCatalog lake = resources.keep(LakeCatalog.open(config.lake()));
            KafkaClients clients = new KafkaClients(config.kafka());
            Admin admin = resources.keep(clients.admin());
            new TopicCreator(admin, config.kafka()).createInternal(topics);
            SchemaCatalog schemas = resources.keep(new SchemaCatalog(clients, topics));
            Assignment assignment = new Assignment();
            ChangeConsumer consumer = resources.keep(new ChangeConsumer(
                    clients, topics, ArchiveService.group(config.pipeline()), schemas, settings(), assignment));
            return new ArchiveParts(
                    topics,
                    new HistoryTables(lake, topics),
                    schemas,
                    consumer,
                    assignment,
                    new StartOffsets(admin, clients, topics),
                    resources);
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(WholeTopicAssignor.class.getName()));
        // after a crash the dead member holds its topics so long; a live one that is slow loses nothing by it
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 << 20);
        return settings;
    }

    @Override
    public void close() {
        resources.close();
    }
}
