package io.vaultline.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The ClickHouse server that holds the vault.
 *
 * @param url {@code http://host:port} or {@code https://host:port}
 * @param vaultDatabase database of hubs, links, satellites and their views, created when missing
 * @param loadGroup consumer group of the loaders that fill this database; by default that of the pipeline
 * @param flushInterval the longest time that a row waits for its batch
 * @param flushRows source changes after which a batch is sent at once
 * @param ranges what becomes of values that it can't hold
 */
public record ClickHouseConfig(
        String url,
        String user,
        Secret password,
        String vaultDatabase,
        Optional<String> loadGroup,
        Duration flushInterval,
        int flushRows,
        RangeRules ranges) {

    /** With the pipeline's loader group, where values that it can't hold become dead letters. */
    public ClickHouseConfig(
            String url, String user, Secret password, String vaultDatabase, Duration flushInterval, int flushRows) {
        this(url, user, password, vaultDatabase, Optional.empty(), flushInterval, flushRows, RangeRules.failing());
    }
}
