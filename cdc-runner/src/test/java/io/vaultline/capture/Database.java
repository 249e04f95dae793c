package io.vaultline.capture;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.replication.LogSequenceNumber;

/** A connection to a PostgreSQL database, and waiting for its capture. */
final class Database implements AutoCloseable {

    private final Connection connection;

    Database(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** Runs commands, each in a transaction of its own. */
    void run(String... commands) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    /** The first column of a query's first row. */
    String single(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** The end of the log. */
    long lsn() throws SQLException {
        return LogSequenceNumber.valueOf(single("SELECT pg_current_wal_insert_lsn()::text"))
                .asLong();
    }

    /** Waits until the watermark covers everything that was written so far. */
    void awaitCovered(KafkaLog log) throws SQLException {
        connection.setAutoCommit(true);
        log.awaitCovered("pg", lsn());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
