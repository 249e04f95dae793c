package io.vaultline.config;

import java.time.Duration;

/**
 * The ClickHouse server that holds the vault.
 *
 * @param url {@code http://host:port} or {@code https://host:port}
 * @param vaultDatabase database of hubs, links, satellites and their views, created when missing
 * @param flushInterval the longest time that a row waits for its batch
 * @param flushRows source changes after which a batch is sent at once
 */
public record ClickHouseConfig(
        String url, String user, Secret password, String vaultDatabase, Duration flushInterval, int flushRows) {}
