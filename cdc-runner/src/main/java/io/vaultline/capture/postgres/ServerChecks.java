package io.vaultline.capture.postgres;

import io.vaultline.check.ClockSkew;
import io.vaultline.check.Findings;
import io.vaultline.check.Fix;
import io.vaultline.check.Severity;
import io.vaultline.config.SourceConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Checks the server's settings and the rights of the capture's role. */
final class ServerChecks {
    private static final int MIN_VERSION = 130_000;

    /** The capture's own slot, and one for the time of a snapshot or of a verification. */
    private static final int SLOTS = 2;

    private static final int OLD_TRANSACTION_MINUTES = 5;

    private final Asked asked;
    private final SourceConfig.Postgres config;
    private final Findings findings;

    ServerChecks(Connection connection, SourceConfig.Postgres config, Findings findings) {
        this.asked = new Asked(connection);
        this.config = config;
        this.findings = findings;
    }

    /** Without these no capture starts. */
    void requirements() throws SQLException {
        version();
        primary();
        walLevel();
        replication();
        if (config.engine() == SourceConfig.Engine.DEBEZIUM) {
            types();
            columns();
        }
    }

    /** What is better known before than found out later. */
    void advice() throws SQLException {
        slots();
        senders();
        keptLog();
        oldTransactions();
        superuser();
        clock();
    }

    private void version() throws SQLException {
        if (asked.number("SHOW server_version_num") < MIN_VERSION) {
            findings.error(
                    "The server is older than PostgreSQL 13",
                    Fix.advice("Upgrade it; 13 and newer publish partitioned tables."));
        }
    }

    private void primary() throws SQLException {
        if (asked.yes("SELECT pg_is_in_recovery()")) {
            findings.error(
                    "The server is a standby, where no publication and no slot can be kept",
                    Fix.advice("Point url at the primary."));
        }
    }

    private void walLevel() throws SQLException {
        String level = asked.single("SHOW wal_level");
        if (!level.equals("logical")) {
            findings.error(
                    "wal_level is " + level + ", so the server does not log what capture needs",
                    Fix.sqlAndRestart("ALTER SYSTEM SET wal_level = logical;"));
        }
    }

    private void replication() throws SQLException {
        boolean granted = asked.yes("SELECT rolreplication OR rolsuper"
                + " OR EXISTS (SELECT FROM pg_roles r WHERE r.rolname = 'rds_replication'"
                + " AND pg_has_role(current_user, r.oid, 'member'))"
                + " FROM pg_roles WHERE rolname = current_user");
        if (!granted) {
            findings.error("The user may not replicate", Fix.sql("ALTER ROLE " + user() + " WITH REPLICATION;"));
        }
    }

    /** The connector reads all types of the database at its start, and fails on an enum that has no labels of its own. */
    private void types() throws SQLException {
        String unreadable = asked.single("SELECT coalesce(string_agg(format('%I.%I', n.nspname, t.typname), ', '), '')"
                + " FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typcategory = 'E'"
                + " AND NOT EXISTS (SELECT FROM pg_enum e WHERE e.enumtypid = t.oid)");
        if (!unreadable.isEmpty()) {
            findings.error(
                    "The database has domains over enums, or enums without labels, at which the connector fails: "
                            + unreadable,
                    Fix.advice(
                            "Take engine: debezium out; or use the enum itself in the place of the domain, with its check at"
                                    + " the columns (ALTER TABLE … ALTER COLUMN … TYPE …, ADD CHECK …; DROP DOMAIN …); give an enum a label (ALTER TYPE"
                                    + " … ADD VALUE …)."));
        }
    }

    /** The connector reads all tables of the database at its start, also those that it is not to stream. */
    private void columns() throws SQLException {
        String twins = asked.single("SELECT coalesce(string_agg(DISTINCT t.name, ', '), '') FROM"
                + " (SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_attribute a"
                + " JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped"
                + " AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
                + " GROUP BY n.nspname, c.relname, lower(a.attname) HAVING count(*) > 1) AS t");
        if (!twins.isEmpty()) {
            findings.error(
                    "The database has tables with columns whose names differ by case only, at which the connector fails: "
                            + twins,
                    Fix.advice(
                            "Rename one of each (ALTER TABLE … RENAME COLUMN … TO …), or take engine: debezium out."));
        }
    }

    private void slots() throws SQLException {
        long most = asked.number("SHOW max_replication_slots");
        long used = asked.number("SELECT count(*) FROM pg_replication_slots WHERE slot_name <> ?", config.slot());
        if (most - used < SLOTS) {
            findings.error(
                    "Of " + most + " replication slots " + (most - used) + " are free, and capture needs " + SLOTS
                            + ": its own, and one while a snapshot is taken",
                    Fix.sqlAndRestart("ALTER SYSTEM SET max_replication_slots = " + (used + SLOTS + 2) + ";"));
        }
    }

    private void senders() throws SQLException {
        long most = asked.number("SHOW max_wal_senders");
        long used = asked.number("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'walsender'"
                + " AND application_name NOT LIKE 'vaultline capture %'");
        if (most - used < SLOTS) {
            findings.error(
                    "Of " + most + " WAL senders " + (most - used) + " are free, and capture needs " + SLOTS,
                    Fix.sqlAndRestart("ALTER SYSTEM SET max_wal_senders = " + (used + SLOTS + 2) + ";"));
        }
    }

    private void keptLog() throws SQLException {
        if (asked.single("SHOW max_slot_wal_keep_size").equals("-1")) {
            findings.of(
                    Severity.WARNING,
                    "setting max_slot_wal_keep_size",
                    "A slot that nobody reads keeps the log until the disk is full, and the database stops",
                    Fix.sql("ALTER SYSTEM SET max_slot_wal_keep_size = '50GB';\nSELECT pg_reload_conf();"));
        }
    }

    private void oldTransactions() throws SQLException {
        for (@Nullable
        String[] row : asked.rows(
                "SELECT pid, extract(epoch FROM clock_timestamp() - xact_start)::int8 / 60 FROM pg_stat_activity"
                        + " WHERE backend_xid IS NOT NULL AND datname = current_database()"
                        + " AND xact_start < clock_timestamp() - make_interval(mins => ?)",
                OLD_TRANSACTION_MINUTES)) {
            findings.of(
                    Severity.WARNING,
                    "server process " + row[0],
                    "A transaction has been open for " + row[1] + " minutes: a slot or a snapshot waits for its end",
                    Fix.sql("SELECT pg_terminate_backend(" + row[0] + ");"));
        }
    }

    private void superuser() throws SQLException {
        if (asked.yes("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")) {
            findings.note(
                    "The user is a superuser, which capture does not need",
                    Fix.advice("docs/privileges.md has the statements for a role with the least rights."));
        }
    }

    private void clock() throws SQLException {
        Instant before = Instant.now();
        long micros = asked.number("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::int8");
        ClockSkew.check(findings, before, Instant.ofEpochMilli(micros / 1_000), Instant.now());
    }

    private String user() throws SQLException {
        return Sql.identifier(asked.single("SELECT current_user"));
    }
}
