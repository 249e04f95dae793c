package io.vaultline.capture.mongo;

import io.vaultline.config.SourceConfig;
import java.util.HashMap;
import java.util.Map;

/** What the connector is told. Its own snapshots and filters are not used. */
final class ConnectorSettings {
    private static final String QUEUE_BYTES = Long.toString(128L << 20);

    private ConnectorSettings() {}

    static Map<String, String> of(SourceConfig.Mongo config, boolean preImages) {
        Map<String, String> settings = new HashMap<>();
        settings.put("name", "capture-" + config.name());
        settings.put("connector.class", "io.debezium.connector.mongodb.MongoDbConnector");
        settings.put("topic.prefix", "capture_" + config.name().replaceAll("[^A-Za-z0-9_]", "_"));
        settings.put("mongodb.connection.string", config.uri().reveal());
        settings.put("capture.scope", "database");
        settings.put("capture.target", config.database());
        settings.put("filters.match.mode", "literal");
        settings.put(
                "capture.mode", preImages ? "change_streams_update_full_with_pre_image" : "change_streams_update_full");
        settings.put("heartbeat.interval.ms", Long.toString(config.heartbeat().toMillis()));
        settings.put("max.queue.size.in.bytes", QUEUE_BYTES);
        return settings;
    }
}
