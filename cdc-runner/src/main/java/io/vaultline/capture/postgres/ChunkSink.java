package io.vaultline.capture.postgres;

import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.EncodedRows;
import io.vaultline.capture.output.SnapshotMark;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes chunks of several readers to Kafka, one Kafka transaction after the other, since a producer has one at a time.
 * Readers decode and encode side by side; here they only take turns to hand over bytes.
 *
 * <p>A chunk of a range of keys becomes durable as a whole, together with the mark that says so. One that does not fit
 * in memory keeps the turn from its first part on. A table that can't be resumed is committed part by part; its mark
 * says that rows of it may be there.
 */
final class ChunkSink {
    private final ChangeWriter writer;
    private final ReentrantLock turn = new ReentrantLock();

    /** Rows of a chunk that keeps its turn. */
    private long uncommitted;

    ChunkSink(ChangeWriter writer) {
        this.writer = writer;
    }

    /** The rows of a chunk that are not in Kafka yet. */
    record Read(Chunk chunk, EncodedRows rows) {}

    /** Takes rows from the middle of a chunk, and empties their memory. */
    void part(Read read) throws InterruptedException {
        takeTurn();
        long rows = write(read);
        if (read.chunk().range().isEmpty()) {
            writer.commitSnapshots(List.of(read.chunk().load().mark()));
            read.chunk().load().committed(rows);
            turn.unlock();
        } else {
            uncommitted += rows;
        }
    }

    /** Makes chunks durable, each with its last rows, and that they are. */
    void finish(Collection<Read> chunks) throws InterruptedException {
        takeTurn();
        Map<TableLoad, SnapshotMark> marks = new LinkedHashMap<>();
        Map<TableLoad, Long> rows = new LinkedHashMap<>();
        for (Read read : chunks) {
            TableLoad load = read.chunk().load();
            rows.merge(load, write(read) + uncommitted, Long::sum);
            uncommitted = 0;
            load.done(read.chunk().range());
            marks.put(load, load.mark());
        }
        writer.commitSnapshots(marks.values());
        rows.forEach(TableLoad::committed);
        chunks.forEach(read -> read.chunk().load().committed());
        turn.unlock();
    }

    private void takeTurn() throws InterruptedException {
        if (!turn.isHeldByCurrentThread()) {
            turn.lockInterruptibly();
        }
    }

    private long write(Read read) {
        read.chunk().load().replaced().ifPresent(writer::write);
        long rows = read.rows().size();
        writer.write(read.rows(), read.chunk().load().micros());
        read.rows().clear();
        return rows;
    }
}
