package io.vaultline.capture.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.postgresql.replication.LogSequenceNumber;

/**
 * A transaction that sees the database as of one LSN of the log: what is committed below it, and nothing else.
 *
 * <p>A temporary replication slot exports it. PostgreSQL takes its consistent point at the end of a log record, and the
 * snapshot holds exactly the transactions whose commit record lies before that point (see {@code snapbuild.c}). The
 * connector names a transaction by the end of its commit record. So a transaction is in the snapshot if and only if its
 * commit LSN is not above {@link #position()}.
 */
final class ExportedSnapshot implements AutoCloseable {
    /** What could end a transaction that reads for hours, or waits for one that does; and what a COPY has no use for. */
    private static final String LIMITS =
            "'statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout',"
                    + " 'jit', 'max_parallel_workers_per_gather'";

    private final Connection connection;
    private final long position;
    private final long micros;

    private ExportedSnapshot(Connection connection, long position, long micros) {
        this.connection = connection;
        this.position = position;
        this.micros = micros;
    }

    /**
     * Opens a snapshot of now. The server first waits for the transactions that run.
     *
     * @param slot the name of the permanent slot, from which the temporary one's is made
     * @throws SQLException with state 57014 if the transactions that run don't end in time
     */
    static ExportedSnapshot open(PostgresConnections connections, String slot, Duration patience) throws SQLException {
        try (Connection replication = connections.openReplication();
                Statement statement = replication.createStatement()) {
            statement.setQueryTimeout(Math.toIntExact(patience.toSeconds()));
            try (ResultSet created = statement.executeQuery("CREATE_REPLICATION_SLOT "
                    + Sql.identifier(temporaryName(slot)) + " TEMPORARY LOGICAL pgoutput EXPORT_SNAPSHOT")) {
                created.next();
                long position = LogSequenceNumber.valueOf(created.getString("consistent_point"))
                        .asLong();
                return imported(connections.open(), position, created.getString("snapshot_name"));
            }
        }
    }

    /** Once imported, the snapshot lives as long as the transaction, and the temporary slot can go. */
    private static ExportedSnapshot imported(Connection connection, long position, String name) throws SQLException {
        see(connection, name);
        try (Statement statement = connection.createStatement();
                ResultSet now = statement.executeQuery(
                        "SELECT (extract(epoch FROM transaction_timestamp()) * 1000000)::int8")) {
            now.next();
            return new ExportedSnapshot(connection, position, now.getLong(1));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Begins a transaction that sees the same and lasts as long as it must. Closes the connection if that fails. */
    private static void see(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            statement.execute("SET TRANSACTION SNAPSHOT " + Sql.literal(name));
            statement.execute("SET LOCAL row_security = off");
            statement.execute("SELECT set_config(name, '0', true) FROM pg_settings WHERE name IN (" + LIMITS + ")");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A further connection, in a transaction of its own that sees the same. The caller closes it. */
    Connection another(PostgresConnections connections) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet exported = statement.executeQuery("SELECT pg_export_snapshot()")) {
            exported.next();
            Connection opened = connections.open();
            see(opened, exported.getString(1));
            return opened;
        }
    }

    /** A name is at most 63 bytes long. */
    private static String temporaryName(String slot) {
        String random = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        return slot.substring(0, Math.min(slot.length(), 40)) + "_" + random;
    }

    /** The connection whose transaction it is. */
    Connection connection() {
        return connection;
    }

    /** The LSN up to which commits are in the snapshot. */
    long position() {
        return position;
    }

    /** The time of the snapshot, microseconds since the epoch. */
    long micros() {
        return micros;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
