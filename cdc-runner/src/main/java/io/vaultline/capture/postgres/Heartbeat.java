package io.vaultline.capture.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Makes an idle source commit something, so that the capture comes further and the server can forget its log: a logical
 * message, which touches no table.
 */
final class Heartbeat {
    /** Transactional, so that it comes with a commit; of no meaning to anybody else. */
    static final String STATEMENT = "SELECT pg_logical_emit_message(true, 'vaultline', '')";

    private final Connection connection;
    private final long intervalNanos;
    private long nextNanos = System.nanoTime();

    Heartbeat(Connection connection, Duration interval) {
        this.connection = connection;
        this.intervalNanos = interval.toNanos();
    }

    /** Called while nothing comes; does something once in an interval. */
    void beat() throws SQLException {
        if (System.nanoTime() - nextNanos < 0) {
            return;
        }
        nextNanos = System.nanoTime() + intervalNanos;
        try (Statement statement = connection.createStatement()) {
            statement.execute(STATEMENT);
        }
    }
}
