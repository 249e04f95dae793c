package io.vaultline.capture.postgres;

import io.vaultline.capture.output.CaptureState;
import io.vaultline.check.Finding;
import io.vaultline.check.Findings;
import io.vaultline.check.Fix;
import io.vaultline.check.Severity;
import io.vaultline.error.PipelineException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the replication slot: whether it can give what follows, and how much log it holds. */
final class SlotChecks {
    private static final long MUCH = 10L << 30;
    private static final long MEGABYTE = 1L << 20;

    private final Connection connection;
    private final Asked asked;
    private final String name;
    private final Findings findings;

    SlotChecks(Connection connection, String name, Findings findings) {
        this.connection = connection;
        this.asked = new Asked(connection);
        this.name = name;
        this.findings = findings;
    }

    void run(CaptureState state) throws SQLException {
        if (foreign()) {
            return;
        }
        ReplicationSlot slot = new ReplicationSlot(name, "PostgreSQL");
        Optional<ReplicationSlot.State> found = slot.read(connection);
        try {
            if (slot.mustBeCreated(found, state)) {
                of(Severity.NOTE, "It does not exist; run creates it", Fix.advice("Nothing is to be done."));
            }
        } catch (PipelineException e) {
            findings.add(Finding.of(e));
        }
        holder();
        retained();
    }

    /** A slot of that name that is no slot of ours. */
    private boolean foreign() throws SQLException {
        List<@Nullable String[]> rows = asked.rows(
                "SELECT coalesce(plugin, 'none'), coalesce(database, 'none') FROM pg_replication_slots"
                        + " WHERE slot_name = ? AND (plugin IS DISTINCT FROM 'pgoutput'"
                        + " OR database IS DISTINCT FROM current_database())",
                name);
        for (@Nullable String[] row : rows) {
            of(
                    Severity.ERROR,
                    "A slot of this name exists for another purpose: plugin " + row[0] + ", database " + row[1],
                    Fix.sql("SELECT pg_drop_replication_slot(" + Sql.literal(name) + ");"));
        }
        return !rows.isEmpty();
    }

    private void holder() throws SQLException {
        for (@Nullable
        String[] row : asked.rows(
                "SELECT s.active_pid, coalesce(a.application_name, '') FROM pg_replication_slots s"
                        + " LEFT JOIN pg_stat_activity a ON a.pid = s.active_pid"
                        + " WHERE s.slot_name = ? AND s.active_pid IS NOT NULL",
                name)) {
            of(
                    Severity.NOTE,
                    "Server process " + row[0] + " reads from it (" + row[1]
                            + "): a pipeline is at work, or somebody else",
                    Fix.sql("SELECT pg_terminate_backend(" + row[0] + ");"));
        }
    }

    private void retained() throws SQLException {
        for (@Nullable
        String[] row : asked.rows(
                "SELECT coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)::int8,"
                        + " coalesce(wal_status, '') FROM pg_replication_slots WHERE slot_name = ?",
                name)) {
            long bytes = Long.parseLong(String.valueOf(row[0]));
            if (bytes > MUCH || "unreserved".equals(row[1])) {
                of(
                        Severity.WARNING,
                        "It holds " + bytes / MEGABYTE + " MB of log (wal_status " + row[1]
                                + "): the capture is behind",
                        Fix.advice("Start the pipeline, or find out why it is slow; see /status for its lag."));
            }
        }
    }

    private void of(Severity severity, String what, Fix fix) {
        findings.of(severity, "slot " + name, what, fix);
    }
}
