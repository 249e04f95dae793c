package io.vaultline.service;

import java.util.Locale;

/** What a process of the pipeline can do; each role can run in a process of its own. */
public enum Role {
    /** Sources to Kafka. */
    CAPTURE,
    /** Kafka to the vault in ClickHouse. */
    LOAD,
    /** Kafka to the history in Iceberg. */
    ARCHIVE;

    /** The role's name on the command line, in metrics and on the status page. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
