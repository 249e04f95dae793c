package io.vaultline.capture.postgres;

import io.vaultline.config.SourceConfig;
import java.util.HashMap;
import java.util.Map;

/** What the connector is told. Its own snapshots, publications, filters and conversions are not used. */
final class EngineSettings {
    private static final String QUEUE_BYTES = Long.toString(128L << 20);

    private EngineSettings() {}

    /** First part of the names that the connector gives to records. */
    static String prefix(SourceConfig source) {
        return "capture_" + source.name().replaceAll("[^A-Za-z0-9_]", "_");
    }

    static Map<String, String> of(SourceConfig.Postgres config, PostgresConnections connections) {
        Map<String, String> settings = new HashMap<>(connections.connectorSettings());
        settings.put("name", "capture-" + config.name());
        settings.put("connector.class", ExactConnector.class.getName());
        settings.put("topic.prefix", prefix(config));
        settings.put("plugin.name", "pgoutput");
        settings.put("slot.name", config.slot());
        settings.put("slot.max.retries", "0");
        settings.put("publication.name", config.publication());
        settings.put("publication.autocreate.mode", "disabled");
        settings.put("provide.transaction.metadata", "true");
        settings.put("message.prefix.exclude.list", ".*");
        settings.put("heartbeat.interval.ms", Long.toString(config.heartbeat().toMillis()));
        settings.put("heartbeat.action.query", Heartbeat.STATEMENT);
        settings.put("include.unknown.datatypes", "true");
        settings.put("converters", "exact");
        settings.put("exact.type", ExactValues.class.getName());
        settings.put("max.queue.size.in.bytes", QUEUE_BYTES);
        return settings;
    }
}
