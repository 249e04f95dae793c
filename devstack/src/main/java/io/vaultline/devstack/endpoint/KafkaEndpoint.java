package io.vaultline.devstack.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Kafka cluster without authentication.
 *
 * @param bootstrapServers host and port of the broker
 */
public record KafkaEndpoint(String bootstrapServers) implements Endpoint {
    @Override
    public ServerKind kind() {
        return ServerKind.KAFKA;
    }

    @Override
    public Map<String, String> toProperties() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("kafka.bootstrap.servers", bootstrapServers);
        return values;
    }
}
