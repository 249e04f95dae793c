package io.vaultline.capture.postgres;

import io.vaultline.capture.output.CaptureTopic;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.capture.output.SnapshotParts;
import io.vaultline.capture.output.SnapshotParts.Range;
import io.vaultline.capture.resnapshot.ResnapshotAnswer;
import io.vaultline.capture.resnapshot.ResnapshotAnswer.Status;
import io.vaultline.capture.resnapshot.ResnapshotRequest;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.Row;
import io.vaultline.service.SnapshotProgress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One table on its way into Kafka by chunks. What is done is changed by whoever may write to Kafka at the moment; the
 * rest never changes.
 */
final class TableLoad implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableLoad.class);

    private final CatalogTable table;
    private final CaptureTopic topic;
    private final long position;
    private final long micros;
    private final long firstOrdinal;
    private final Optional<KeyOrder> order;
    private final Optional<Again> again;
    private final AtomicLong numbers = new AtomicLong();
    private SnapshotParts parts;
    private boolean replaces;
    private int missing;
    private long written;
    private SnapshotProgress.@Nullable Table shown;

    private TableLoad(
            CatalogTable table,
            CaptureTopic topic,
            CommitOrder first,
            long micros,
            Optional<KeyOrder> order,
            SnapshotParts parts,
            boolean replaces,
            Optional<Again> again) {
        this.table = table;
        this.topic = topic;
        this.position = first.commitPosition();
        this.firstOrdinal = first.ordinal();
        this.micros = micros;
        this.order = order;
        this.parts = parts;
        this.replaces = replaces;
        this.again = again;
    }

    /** A table that is read once more, on a request; its mark stays what it is. */
    record Again(ResnapshotRequest request, SnapshotMark mark) {}

    /**
     * A table that is captured from now on.
     *
     * @param order by which the table is read, if by ranges of keys
     * @param before the table's mark, if any rows of it may be in Kafka
     */
    static TableLoad first(
            CatalogTable table,
            CaptureTopic topic,
            ExportedSnapshot snapshot,
            Optional<KeyOrder> order,
            Optional<SnapshotMark> before) {
        SnapshotParts none = order.map(KeyOrder::definition)
                .map(key -> new SnapshotParts(key, List.of()))
                .orElse(SnapshotParts.NONE);
        Optional<SnapshotParts> durable = before.filter(mark -> !mark.complete())
                .filter(mark -> mark.identity().equals(table.listing().incarnation()))
                .map(SnapshotMark::parts)
                .filter(found -> order.isPresent() && found.key().equals(none.key()));
        return new TableLoad(
                table,
                topic,
                new CommitOrder(snapshot.position(), 0),
                snapshot.micros(),
                order,
                durable.orElse(none),
                before.isPresent() && durable.isEmpty(),
                Optional.empty());
    }

    /**
     * A captured table that is read again, after all changes up to the snapshot were written. Its rows come right behind
     * the snapshot's position, since a commit may have that very position; no commit has the next, as records of the log
     * begin at multiples of eight.
     *
     * @param order by which the table is read, if by ranges of keys
     * @param replaces whether rows that no longer exist must end
     */
    static TableLoad again(
            CatalogTable table,
            CaptureTopic topic,
            ExportedSnapshot snapshot,
            Optional<KeyOrder> order,
            boolean replaces,
            Again again) {
        return new TableLoad(
                table,
                topic,
                new CommitOrder(snapshot.position() + 1, 1),
                snapshot.micros(),
                order,
                new SnapshotParts(order.map(KeyOrder::definition).orElse(""), List.of()),
                replaces,
                Optional.of(again));
    }

    CatalogTable table() {
        return table;
    }

    CaptureTopic topic() {
        return topic;
    }

    Optional<KeyOrder> order() {
        return order;
    }

    /** What is durable already. */
    SnapshotParts parts() {
        return parts;
    }

    long position() {
        return position;
    }

    long micros() {
        return micros;
    }

    /** Rows of a keyless table can be equal, so each has its number; others have none. */
    CommitOrder nextOrder() {
        return new CommitOrder(position, table.shape().key().isEmpty() ? numbers.incrementAndGet() : firstOrdinal);
    }

    /** A row of the table as a change. */
    RowRead event(Row row) {
        return new RowRead(new ChangeHeader(table.shape(), nextOrder(), micros, null), row);
    }

    /** Whether the rows of an earlier snapshot or table must end before the first of this one; asked once. */
    Optional<CollectionTruncated> replaced() {
        if (!replaces) {
            return Optional.empty();
        }
        replaces = false;
        CommitOrder before = firstOrdinal > 0 ? new CommitOrder(position, 0) : new CommitOrder(position - 1, 0);
        return Optional.of(new CollectionTruncated(new ChangeHeader(table.shape(), before, micros, null)));
    }

    /** So many chunks will come. */
    void expect(int chunks, SnapshotProgress.Table progress) {
        missing = chunks;
        shown = progress;
    }

    /** A reader begins with a chunk. */
    void reading() {
        shown().reading();
    }

    private SnapshotProgress.Table shown() {
        return Objects.requireNonNull(shown, "chunks were not planned");
    }

    boolean isComplete() {
        return missing == 0;
    }

    /** Rows are in the open Kafka transaction. */
    void written(long rows) {
        written += rows;
    }

    /** What is to be told when that transaction becomes durable. */
    Optional<ResnapshotAnswer> answer() {
        Status status = isComplete() ? Status.DONE : Status.READING;
        return again.map(asked -> new ResnapshotAnswer(status, written, position, ""));
    }

    /** Whom to tell. */
    Optional<ResnapshotRequest> request() {
        return again.map(Again::request);
    }

    /** A chunk is in the open Kafka transaction. */
    void done(Optional<Range> range) {
        missing--;
        range.ifPresent(read -> parts = parts.with(read));
    }

    /** Rows of it are durable, and with them so many chunks. */
    void committed(long rows, int chunks) {
        shown().rows(rows);
        shown().parts(chunks);
        if (chunks > 0 && isComplete()) {
            LOG.info("Snapshot of {}: {} rows, {}/s", table.shape().id(), shown().rows(), Math.round(shown().rate()));
        }
    }

    /** It is no longer read. */
    @Override
    public void close() {
        if (shown != null) {
            shown.close();
        }
    }

    /** How far the table is. Ranges of one position are one snapshot. */
    SnapshotMark mark() {
        if (again.isPresent()) {
            return again.get().mark();
        }
        boolean whole = isComplete() && parts.ranges().stream().allMatch(range -> range.position() == position);
        return new SnapshotMark(
                table.shape().id(),
                position,
                table.listing().incarnation(),
                isComplete(),
                whole ? SnapshotParts.NONE : parts);
    }
}
