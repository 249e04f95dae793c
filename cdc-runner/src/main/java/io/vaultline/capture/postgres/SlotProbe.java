package io.vaultline.capture.postgres;

import io.vaultline.capture.source.LogMeasure;
import io.vaultline.capture.source.LogProbe;
import io.vaultline.capture.source.LogReading;
import io.vaultline.config.SourceConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks at the log that a replication slot keeps. */
final class SlotProbe implements LogProbe {
    private static final String QUERY =
            "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), pg_wal_lsn_diff(pg_current_wal_lsn(),"
                    + " confirmed_flush_lsn), safe_wal_size, wal_status FROM pg_replication_slots WHERE slot_name = ?";
    private static final List<String> STATUSES = List.of("reserved", "extended", "unreserved", "lost");
    private static final double MEGABYTE = 1 << 20;
    private static final int LONGEST_MILLIS = 30_000;

    private final SourceConfig.Postgres config;
    private final PostgresConnections connections;
    private final PostgresFailures failures;
    private @Nullable Connection connection;

    SlotProbe(SourceConfig.Postgres config, PostgresConnections connections, PostgresFailures failures) {
        this.config = config;
        this.connections = connections;
        this.failures = failures;
    }

    @Override
    public LogReading read() {
        try {
            Connection open = connection == null ? opened() : connection;
            try (PreparedStatement statement = open.prepareStatement(QUERY)) {
                statement.setString(1, config.slot());
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? reading(row) : new LogReading.Builder().build();
                }
            }
        } catch (SQLException e) {
            close();
            throw failures.apply(e);
        }
    }

    private Connection opened() throws SQLException {
        Connection made = connections.open();
        made.setNetworkTimeout(Runnable::run, LONGEST_MILLIS);
        connection = made;
        return made;
    }

    private LogReading reading(ResultSet row) throws SQLException {
        double retained = number(row, 1);
        double safe = number(row, 3);
        int status = STATUSES.indexOf(Objects.requireNonNullElse(row.getString(4), ""));
        SourceConfig.LogLimits limits = config.limits();
        return new LogReading.Builder()
                .measure(LogMeasure.SLOT_RETAINED, retained)
                .measure(LogMeasure.SLOT_LAG, number(row, 2))
                .measure(LogMeasure.SLOT_SAFE, safe)
                .measure(LogMeasure.SLOT_STATUS, status < 0 ? Double.NaN : status)
                .alertIf(
                        retained > limits.retainedMegabytes() * MEGABYTE,
                        "alerts.retained-megabytes",
                        "the server keeps %.0f MB of log for slot %s".formatted(retained / MEGABYTE, config.slot()))
                .alertIf(
                        safe < limits.safeMegabytes() * MEGABYTE || status >= STATUSES.indexOf("unreserved"),
                        "alerts.safe-megabytes",
                        status == STATUSES.indexOf("lost")
                                ? "slot " + config.slot() + " is lost"
                                : "slot %s is lost after %.0f MB more of log"
                                        .formatted(config.slot(), Math.max(0, safe) / MEGABYTE))
                .build();
    }

    private static double number(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw failures.apply(e);
            }
        }
    }
}
