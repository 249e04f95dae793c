package io.vaultline.config;

import java.time.Duration;
import java.util.Map;

/**
 * The Kafka cluster.
 *
 * @param partitions partitions of each change topic, at least 1
 * @param replicationFactor replicas of each topic, at least 1
 * @param retention how long changes are kept; they must outlast the longest stop of a reader
 * @param client settings passed to every client as they are, such as TLS and SASL
 */
public record KafkaConfig(
        String bootstrapServers,
        int partitions,
        int replicationFactor,
        Duration retention,
        Map<String, String> client) {
    public KafkaConfig {
        client = Map.copyOf(client);
    }
}
