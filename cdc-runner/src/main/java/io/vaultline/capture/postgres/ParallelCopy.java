package io.vaultline.capture.postgres;

import io.vaultline.capture.output.ChangeWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Reads chunks over several connections at once, all of which see the same snapshot. */
final class ParallelCopy {
    private static final long END_SECONDS = 30;

    private final PostgresConnections connections;
    private final ExportedSnapshot snapshot;
    private final ChunkSink sink;

    ParallelCopy(PostgresConnections connections, ExportedSnapshot snapshot, ChangeWriter writer) {
        this.connections = connections;
        this.snapshot = snapshot;
        this.sink = new ChunkSink(writer);
    }

    /**
     * Returns when all chunks are durable and no reader is left.
     *
     * @throws SQLException the first failure of a reader, after all were stopped
     */
    void read(Queue<Chunk> chunks, int readers) throws SQLException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, readers), ParallelCopy::daemon);
        List<Connection> opened = new ArrayList<>();
        try {
            CompletionService<Boolean> running = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < readers; i++) {
                Connection connection = snapshot.another(connections);
                opened.add(connection);
                running.submit(reader(connection, chunks));
            }
            for (int i = 0; i < readers; i++) {
                running.take().get();
            }
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } finally {
            end(threads, opened);
        }
    }

    private Callable<Boolean> reader(Connection connection, Queue<Chunk> chunks) {
        return () -> {
            new ChunkReader(connection, sink).readAll(chunks);
            return true;
        };
    }

    /** A reader that waits for the database is woken by its connection's end; one that waits for its turn, by the interrupt. */
    private static void end(ExecutorService threads, List<Connection> opened) throws SQLException {
        threads.shutdownNow();
        for (Connection connection : opened) {
            connection.abort(Runnable::run);
        }
        boolean interrupted = Thread.interrupted();
        try {
            if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a reader of the snapshot does not end");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static SQLException failure(Throwable cause) {
        if (cause instanceof RuntimeException known) {
            throw known;
        } else if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof SQLException sql ? sql : new SQLException(cause);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "snapshot-reader");
        thread.setDaemon(true);
        return thread;
    }
}
