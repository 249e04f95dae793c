package io.vaultline.devstack.endpoint;

import java.util.Locale;

/** The servers of a stack. */
public enum ServerKind {
    POSTGRES("PostgreSQL"),
    MONGODB("MongoDB"),
    KAFKA("Kafka"),
    CLICKHOUSE("ClickHouse"),
    S3("S3");

    private final String label;

    ServerKind(String label) {
        this.label = label;
    }

    /** The name that people know it by. */
    public String label() {
        return label;
    }

    /** The name of its folder and log file. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
