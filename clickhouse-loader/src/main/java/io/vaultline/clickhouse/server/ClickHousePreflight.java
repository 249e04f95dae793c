package io.vaultline.clickhouse.server;

import io.vaultline.check.ClockSkew;
import io.vaultline.check.Finding;
import io.vaultline.check.Findings;
import io.vaultline.check.Fix;
import io.vaultline.check.Severity;
import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.config.ClickHouseConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.time.Instant;
import java.util.List;

/** Checks whether a ClickHouse server can hold the vault. Changes nothing. */
public final class ClickHousePreflight {
    private static final int MIN_YEAR = 24;
    private static final int MIN_MONTH = 8;
    private static final double LEAST_FREE = 0.1;
    private static final List<String> RIGHTS = List.of(
            "CREATE DATABASE",
            "CREATE TABLE",
            "CREATE VIEW",
            "DROP VIEW",
            "ALTER ADD COLUMN",
            "ALTER MODIFY COMMENT",
            "INSERT",
            "SELECT");

    private final ClickHouseConfig config;
    private final Findings findings;

    public ClickHousePreflight(ClickHouseConfig config) {
        this.config = config;
        this.findings = new Findings(ErrorCode.CLICKHOUSE_REFUSES, "ClickHouse at " + config.url());
    }

    /** Everything that is found. */
    public List<Finding> check() {
        try (ClientGateway server = new ClientGateway(config)) {
            version(server.lines("SELECT version()").get(0));
            readOnly(server);
            grants(server);
            disks(server);
            Instant before = Instant.now();
            long millis = Long.parseLong(
                    server.lines("SELECT toUnixTimestamp64Milli(now64(3))").get(0));
            ClockSkew.check(findings, before, Instant.ofEpochMilli(millis), Instant.now());
        } catch (PipelineException e) {
            if (e.what().contains("readonly mode")) {
                readOnly();
            } else {
                findings.add(Finding.of(e));
            }
        }
        return findings.all();
    }

    private void version(String version) {
        String[] parts = version.split("\\.", -1);
        int year = Integer.parseInt(parts[0]);
        int month = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
        if (year < MIN_YEAR || (year == MIN_YEAR && month < MIN_MONTH)) {
            findings.error(
                    "The server is ClickHouse " + version + ", older than " + MIN_YEAR + "." + MIN_MONTH,
                    Fix.advice("Upgrade it."));
        }
    }

    private void readOnly(ClientGateway server) {
        if (!server.lines("SELECT getSetting('readonly')").get(0).equals("0")) {
            readOnly();
        }
    }

    private void readOnly() {
        findings.error(
                "The user's settings make it read-only",
                Fix.clickhouse("ALTER USER " + Sql.name(config.user()) + " SETTINGS readonly = 0;"));
    }

    private void grants(ClientGateway server) {
        String target = " ON " + Sql.name(config.vaultDatabase()) + ".*";
        List<String> missing = RIGHTS.stream()
                .filter(right ->
                        server.lines("CHECK GRANT " + right + target).get(0).equals("0"))
                .toList();
        if (!missing.isEmpty()) {
            findings.of(
                    Severity.ERROR,
                    "database " + config.vaultDatabase(),
                    "User " + config.user() + " lacks " + missing.size() + " rights: " + String.join(", ", missing),
                    Fix.clickhouse(
                            "GRANT " + String.join(", ", missing) + target + " TO " + Sql.name(config.user()) + ";"));
        }
    }

    private void disks(ClientGateway server) {
        try {
            for (String disk : server.lines(
                    "SELECT name, round(free_space / total_space, 3) FROM system.disks WHERE total_space > 0")) {
                String[] parts = disk.split("\t", -1);
                if (Double.parseDouble(parts[1]) < LEAST_FREE) {
                    findings.of(
                            Severity.WARNING,
                            "disk " + parts[0],
                            "Less than a tenth of it is free; merges need room",
                            Fix.advice("Free space, or add a disk to the server's storage policy."));
                }
            }
        } catch (PipelineException e) {
            if (e.code() != ErrorCode.CLICKHOUSE_REFUSES) {
                throw e;
            }
            findings.note(
                    "The user may not look at the disks, so their free space is not known",
                    Fix.clickhouse("GRANT SELECT ON system.disks TO " + Sql.name(config.user()) + ";"));
        }
    }
}
