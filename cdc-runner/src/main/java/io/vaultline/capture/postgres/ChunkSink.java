package io.vaultline.capture.postgres;

import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.EncodedRows;
import java.util.ArrayList;
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
        uncommitted += write(read);
        if (read.chunk().range().isEmpty()) {
            TableLoad load = read.chunk().load();
            commit(List.of(load));
            load.committed(uncommitted, 0);
            uncommitted = 0;
            turn.unlock();
        }
    }

    /** Makes chunks durable, each with its last rows, and that they are. */
    void finish(Collection<Read> chunks) throws InterruptedException {
        takeTurn();
        Map<TableLoad, List<Long>> rows = new LinkedHashMap<>();
        for (Read read : chunks) {
            TableLoad load = read.chunk().load();
            rows.computeIfAbsent(load, added -> new ArrayList<>()).add(write(read) + uncommitted);
            uncommitted = 0;
            load.done(read.chunk().range());
        }
        commit(rows.keySet());
        rows.forEach((load, each) ->
                load.committed(each.stream().mapToLong(Long::longValue).sum(), each.size()));
        turn.unlock();
    }

    private void commit(Collection<TableLoad> loads) {
        for (TableLoad load : loads) {
            load.request().ifPresent(request -> load.answer().ifPresent(answer -> writer.answer(request, answer)));
        }
        writer.commitSnapshots(loads.stream().map(TableLoad::mark).toList());
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
        read.chunk().load().written(rows);
        read.rows().clear();
        return rows;
    }
}
