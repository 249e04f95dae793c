package io.vaultline.capture.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyDual;
import org.postgresql.core.BaseConnection;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Reads the log from the slot in a thread of its own, so that reading and writing overlap, and keeps a bounded number of
 * bytes for {@link #poll}. While nobody polls, the server still hears from us, and so keeps the connection.
 *
 * <p>It speaks the streaming replication protocol over pgjdbc's copy interface, since pgjdbc's own stream takes a socket's
 * timeout in the middle of a message for a pause between two, and makes an object more of each message.
 */
final class ReplicationFeed implements AutoCloseable {
    private static final int ROOM = 32 << 20;
    private static final int BLOCK = 64 << 10;
    private static final int MESSAGE_AT = 1 + 3 * Long.BYTES;
    private static final long STATUS_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration END = Duration.ofSeconds(2);

    private final Connection connection;
    private final CopyDual copy;
    private final Thread reader;
    private final BlockingQueue<MessageBlock> blocks = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(ROOM);
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;
    private volatile long acknowledged;
    private long received;
    private long reportedNanos = System.nanoTime();
    private MessageBlock block = new MessageBlock();

    private ReplicationFeed(Connection connection, CopyDual copy, long start, String name) {
        this.connection = connection;
        this.copy = copy;
        this.received = start;
        this.acknowledged = start;
        this.reader = new Thread(this::read, name);
        reader.setDaemon(true);
        reader.setUncaughtExceptionHandler((thread, thrown) -> failure = thrown);
    }

    /**
     * Starts to stream.
     *
     * @param start the LSN behind which transactions commit that are wanted
     * @throws SQLException if the server refuses
     */
    static ReplicationFeed open(PostgresConnections connections, String slot, String publication, long start)
            throws SQLException {
        Connection connection = connections.openReplication();
        try {
            SessionSettings.apply(connection);
            limitSilence(connection);
            CopyDual copy = connection
                    .unwrap(BaseConnection.class)
                    .getCopyAPI()
                    .copyDual(command(
                            slot, publication, start, connection.getMetaData().getDatabaseMajorVersion()));
            ReplicationFeed feed = new ReplicationFeed(connection, copy, start, "log-of-" + slot);
            feed.reader.start();
            return feed;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Logical messages are asked for since a transaction of nothing else, a heartbeat, else does not come at all. */
    private static String command(String slot, String publication, long start, int version) {
        return "START_REPLICATION SLOT " + Sql.identifier(slot) + " LOGICAL "
                + LogSequenceNumber.valueOf(start).asString()
                + " (\"proto_version\" '1', \"publication_names\" " + Sql.literal(Sql.identifier(publication))
                + (version >= 14 ? ", \"messages\" 'true')" : ")");
    }

    /** A server that watches over the connection is heard at least twice in its timeout, also while it is busy. */
    private static void limitSilence(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet setting = statement.executeQuery(
                        "SELECT setting::int8 FROM pg_settings WHERE name = 'wal_sender_timeout'")) {
            setting.next();
            long millis = Math.min(2 * setting.getLong(1), Integer.MAX_VALUE);
            connection.setNetworkTimeout(Runnable::run, (int) millis);
        }
    }

    /**
     * The next block of messages.
     *
     * @return nothing if none comes in time
     * @throws SQLException if the stream has broken, once everything before was taken
     */
    Optional<MessageBlock> poll(Duration wait) throws SQLException, InterruptedException {
        Throwable broken = failure;
        MessageBlock next = blocks.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        if (next != null) {
            room.release(permits(next));
            return Optional.of(next);
        } else if (broken != null) {
            throw broken instanceof SQLException known ? known : new SQLException("The stream broke", broken);
        }
        return Optional.empty();
    }

    /** Lets the server forget what commits up to an LSN. It is told with the next message, within a second. */
    void acknowledge(long lsn) {
        acknowledged = lsn;
    }

    private void read() {
        try {
            while (!closed) {
                byte[] message = copy.readFromCopy(true);
                if (message == null) {
                    throw new SQLException("The server ended the stream", "08006");
                }
                take(message);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            failure = e;
        }
    }

    private void take(byte[] message) throws SQLException, InterruptedException {
        switch (message[0]) {
            case 'w' -> data(message);
            case 'k' -> keepAlive(new MessageCursor(message, 0, message.length));
            default -> throw new SQLException("The server sent what is no message of the log", "08P01");
        }
        if (System.nanoTime() - reportedNanos > STATUS_NANOS) {
            report();
        }
    }

    private void data(byte[] message) throws SQLException, InterruptedException {
        byte kind = message[MESSAGE_AT];
        if (kind == 'M') {
            return;
        }
        block.add(message, MESSAGE_AT, kind == 'C');
        if (kind == 'C' || block.size() >= BLOCK) {
            pass(block);
            block = new MessageBlock();
        }
    }

    private void pass(MessageBlock full) throws SQLException, InterruptedException {
        while (!closed && !room.tryAcquire(permits(full), STATUS_NANOS, TimeUnit.NANOSECONDS)) {
            report();
        }
        blocks.add(full);
    }

    private static int permits(MessageBlock block) {
        return Math.min(block.size(), ROOM);
    }

    private void keepAlive(MessageCursor in) throws SQLException {
        in.skip(1);
        received = Math.max(received, in.int64());
        in.skip(Long.BYTES);
        if (in.int8() != 0) {
            report();
        }
    }

    /** What is not durable in Kafka is not called flushed, whatever was received. */
    private void report() throws SQLException {
        reportedNanos = System.nanoTime();
        byte[] status = StandbyStatus.of(Math.max(received, acknowledged), acknowledged);
        copy.writeToCopy(status, 0, status.length);
        copy.flushCopy();
    }

    /** Ends the stream. From any thread, harmless again. */
    @Override
    public void close() throws SQLException {
        closed = true;
        connection.abort(Runnable::run);
        reader.interrupt();
        try {
            reader.join(END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
