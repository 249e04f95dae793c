package io.vaultline.capture.postgres;

import io.vaultline.capture.engine.BatchHandler.DurableOffset;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.CommitPace;
import io.vaultline.capture.output.StreamPosition;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import java.time.Duration;
import java.util.Collection;

/**
 * Writes source transactions, each whole and known to its end, to Kafka.
 *
 * <p>Kafka transactions end behind a whole source transaction. Only one that is large, in changes or in bytes, is split,
 * since a Kafka transaction may not last for long: then the position says how many of its changes are durable, and a new
 * start drops as many.
 */
final class TransactionWriter {
    private static final long PART_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long FULL_CHANGES = 40_000;
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();

    private final ChangeWriter writer;
    private final Tables tables;
    private final CommitBoundary boundary;
    private final long mostChanges;
    private StreamPosition durable;
    private StreamPosition reached;
    private boolean inParts;
    private long begunNanos;
    private long committedNanos = System.nanoTime();

    /**
     * @param start where the stream starts
     * @param boundary what is to happen at an exact position
     */
    TransactionWriter(ChangeWriter writer, Tables tables, StreamPosition start, CommitBoundary boundary) {
        this.writer = writer;
        this.tables = tables;
        this.boundary = boundary;
        this.mostChanges = writer.bound().changes();
        this.durable = start;
        this.reached = start;
    }

    /** How much of a transaction waits for its end in memory, in bytes. */
    long memoryBytes() {
        return writer.bound().bytes();
    }

    /** Makes the shapes' schemas durable, before the first change of each. */
    void publish(Collection<CollectionSchema> shapes) {
        writer.publish(shapes);
    }

    /**
     * Begins to write a source transaction.
     *
     * @param size changes in it, or a few more
     * @param spilled whether it is too large for memory
     */
    void begin(long commitLsn, long size, boolean spilled) throws InterruptedException {
        if (boundary.isDue(commitLsn)) {
            writer.commitPart(reached);
            durable = reached;
            boundary.pass();
        } else if (writer.pending() > 0 && writer.pending() + size > mostChanges) {
            commitReached();
        }
        inParts = spilled || size > mostChanges;
        begunNanos = System.nanoTime();
    }

    /** Writes a change, unless it is durable already, or in its table's snapshot. */
    void write(DataChangeEvent event) {
        CommitOrder order = event.order();
        if (order.compareTo(durable.order()) <= 0 || !tables.takes(event, order.commitPosition())) {
            return;
        }
        writer.write(event);
        if (inParts && (writer.pending() >= mostChanges || System.nanoTime() - begunNanos > PART_NANOS)) {
            durable = new StreamPosition(order, reached.offset());
            writer.commitPart(durable);
            begunNanos = System.nanoTime();
        }
    }

    /**
     * Ends a source transaction.
     *
     * @param last the place of its last change
     * @param micros the source's commit time, microseconds since the epoch
     */
    void end(CommitOrder last, long micros) {
        reached = new StreamPosition(last, ReplicationSlot.offset(last.commitPosition(), micros));
    }

    /** How much is taken before {@link #commit}. */
    CommitPace pace() {
        return CommitPace.ofStream(writer, Math.min(FULL_CHANGES, mostChanges));
    }

    /**
     * Commits what waits; and without changes once a second that the source has come further. Nothing is acknowledged
     * before the Kafka transaction that holds it was committed.
     */
    void commit(DurableOffset acknowledgement) throws InterruptedException {
        if (writer.pending() == 0 && (reached.equals(durable) || System.nanoTime() - committedNanos <= IDLE_NANOS)) {
            return;
        }
        commitReached();
        acknowledgement.advance(durable.offset());
    }

    private void commitReached() {
        writer.commit(reached, reached.order().commitPosition(), ReplicationSlot.micros(reached.offset()));
        durable = reached;
        committedNanos = System.nanoTime();
    }
}
