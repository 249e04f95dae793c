package io.vaultline.config;

import java.time.Duration;
import java.util.Map;

/**
 * The Kafka cluster.
 *
 * @param partitions partitions of each change topic, at least 1
 * @param replicationFactor replicas of each topic, at least 1
 * @param retention how long changes are kept; they must outlast the longest stop of a reader
 * @param transaction the bound of a source's transaction that is one in Kafka
 * @param client settings passed to every client as they are, such as TLS and SASL
 */
public record KafkaConfig(
        String bootstrapServers,
        int partitions,
        int replicationFactor,
        Duration retention,
        TransactionBound transaction,
        Map<String, String> client) {
    public KafkaConfig {
        client = Map.copyOf(client);
    }

    /** The same with the usual bound of transactions. */
    public KafkaConfig(
            String bootstrapServers,
            int partitions,
            int replicationFactor,
            Duration retention,
            Map<String, String> client) {
        this(bootstrapServers, partitions, replicationFactor, retention, TransactionBound.standard(), client);
    }
}
