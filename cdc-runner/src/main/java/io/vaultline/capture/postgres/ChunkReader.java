package io.vaultline.capture.postgres;

import io.vaultline.capture.output.EncodedRows;
import io.vaultline.capture.postgres.ChunkSink.Read;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/** Reads one chunk after the other over one connection, until none is left. For one thread. */
final class ChunkReader {
    /** Of encoded rows in memory before they go to Kafka. */
    private static final long MEMORY_BYTES = 32L << 20;

    /** Small tables share a Kafka transaction up to this size. */
    private static final long SMALL_BYTES = 2L << 20;

    private final CopyManager copies;
    private final ChunkSink sink;
    private final List<Read> waiting = new ArrayList<>();

    ChunkReader(Connection connection, ChunkSink sink) throws SQLException {
        this.copies = new CopyManager(connection.unwrap(BaseConnection.class));
        this.sink = sink;
    }

    /** Takes chunks out of the queue, and makes each durable. */
    void readAll(Queue<Chunk> chunks) throws SQLException, InterruptedException {
        for (Chunk chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
            Read read = new Read(chunk, new EncodedRows(chunk.load().topic()));
            read(read);
            waiting.add(read);
            Chunk next = chunks.peek();
            if (next == null || waitingBytes() + next.bytes() > SMALL_BYTES) {
                finish();
            }
        }
        finish();
    }

    private void finish() throws InterruptedException {
        if (!waiting.isEmpty()) {
            sink.finish(waiting);
            waiting.clear();
        }
    }

    private long waitingBytes() {
        return waiting.stream().mapToLong(read -> read.rows().bytes()).sum();
    }

    private void read(Read read) throws SQLException, InterruptedException {
        TableLoad load = read.chunk().load();
        RowTranscoder transcoder = new RowTranscoder(load.table(), load.topic().schema());
        load.reading();
        CopyOut copy = copyOut(read);
        try {
            for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
                add(read, transcoder, line);
            }
        } catch (SQLException e) {
            TableRows.refuseOversized(e, load.table());
            throw e;
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** The first row may come with the answer. */
    private CopyOut copyOut(Read read) throws SQLException {
        try {
            return copies.copyOut(read.chunk().copy());
        } catch (SQLException e) {
            TableRows.refuseOversized(e, read.chunk().load().table());
            throw e;
        }
    }

    private void add(Read read, RowTranscoder transcoder, byte[] line) throws InterruptedException {
        TableLoad load = read.chunk().load();
        try {
            transcoder.write(line, load.nextOrder(), load.micros());
            read.rows().add(transcoder.key(), transcoder.value());
        } catch (ValueProblem e) {
            read.rows().add(load.event(TableRows.lenientRow(load.table(), line)));
        }
        if (read.rows().bytes() > MEMORY_BYTES) {
            finish();
            sink.part(read);
        }
    }
}
