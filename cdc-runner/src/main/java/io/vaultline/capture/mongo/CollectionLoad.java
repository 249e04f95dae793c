package io.vaultline.capture.mongo;

import io.vaultline.capture.mongo.MongoCollections.Found;
import io.vaultline.capture.mongo.RangeReaders.Batch;
import io.vaultline.capture.mongo.ReadIds.IdRange;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.capture.output.SnapshotParts;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.RawBsonDocument;

/**
 * One collection on its way into Kafka. A Kafka transaction holds some seconds' rows, and how far each range then is: up
 * to behind the last id, since a range is read in order.
 */
final class CollectionLoad {
    private static final int COMMIT_ROWS = 20_000;
    private static final long COMMIT_NANOS = Duration.ofSeconds(1).toNanos();

    private final Found collection;
    private final DocumentShredder shredder;
    private final DocumentMasks masks;
    private final ChangeWriter writer;
    private final LoadProgress progress;
    private final Map<IdRange, IdCut> reached = new HashMap<>();
    private SnapshotParts parts = new SnapshotParts(ReadIds.KEY, List.of());
    private CollectionSchema published;
    private boolean replaces;
    private long time;
    private int open = -1;
    private long committedNanos = System.nanoTime();

    CollectionLoad(
            Found collection,
            Optional<SnapshotMark> before,
            LoadProgress progress,
            DocumentShredder shredder,
            DocumentMasks masks,
            ChangeWriter writer) {
        this.collection = collection;
        this.shredder = shredder;
        this.masks = masks;
        this.writer = writer;
        this.progress = progress;
        this.published = shredder.shape();
        Optional<SnapshotMark> begun = before.filter(SnapshotMark::begun);
        Optional<SnapshotMark> resumed = begun.filter(mark -> !mark.complete()
                && collection.ordered()
                && mark.identity().equals(collection.identity())
                && mark.parts().key().equals(ReadIds.KEY));
        resumed.ifPresent(mark -> {
            parts = mark.parts();
            time = mark.position();
        });
        this.replaces = begun.isPresent() && resumed.isEmpty();
        writer.publish(List.of(published));
    }

    /** Whether all ranges are durable. */
    boolean isComplete() {
        return open == 0;
    }

    long rows() {
        return progress.rows();
    }

    /** About how many documents the collection has. */
    long expected() {
        return progress.expected();
    }

    List<IdRange> missing() {
        return new ReadIds(parts).missing();
    }

    /** All ranges that are missing come now, as of a time. */
    void begin(long newTime, int ranges) {
        time = newTime;
        reached.clear();
        open = ranges;
        if (replaces) {
            writer.write(new CollectionTruncated(header(time - 1, Long.MAX_VALUE)));
        }
        if (ranges == 0) {
            commit();
        }
    }

    /** Writes a batch, and makes what was written durable now and then, and at the end. */
    @SuppressWarnings("ReferenceEquality") // a shredder hands out one object for each shape
    void add(Batch batch) {
        for (RawBsonDocument document : batch.documents()) {
            Row row = shredder.row(masks.of(document));
            if (row.schema() != published) {
                published = row.schema();
                writer.publish(List.of(published));
            }
            writer.write(new RowRead(header(time, 0), row));
        }
        progress.add(batch.documents().size());
        if (batch.last()) {
            open--;
            done(batch.range(), batch.range().to());
            reached.remove(batch.range());
        } else if (!batch.documents().isEmpty() && collection.ordered()) {
            RawBsonDocument last = batch.documents().get(batch.documents().size() - 1);
            done(batch.range(), IdCut.after(MongoSnapshot.id(last)));
        }
        boolean due = writer.pending() >= COMMIT_ROWS || System.nanoTime() - committedNanos >= COMMIT_NANOS;
        if (isComplete() || (due && collection.ordered())) {
            commit();
        }
    }

    private void done(IdRange range, IdCut to) {
        IdCut from = reached.getOrDefault(range, range.from());
        if (to.compareTo(from) > 0) {
            parts = parts.with(new IdRange(from, to).read(time));
            reached.put(range, to);
        }
    }

    /** No more comes as of this time. What was written stays, unless nobody can say how far it goes. */
    void interrupted() {
        if (collection.ordered()) {
            commit();
        } else {
            writer.abort();
        }
    }

    private void commit() {
        if (open >= 0) {
            writer.commitSnapshot(mark());
            replaces = false;
            committedNanos = System.nanoTime();
            progress.say(isComplete());
        }
    }

    /** How far the collection is. Ranges of one time are one snapshot. */
    SnapshotMark mark() {
        boolean whole = isComplete() && parts.ranges().stream().allMatch(range -> range.position() == time);
        return new SnapshotMark(
                collection.id(), time, collection.identity(), isComplete(), whole ? SnapshotParts.NONE : parts);
    }

    private ChangeHeader header(long position, long ordinal) {
        return new ChangeHeader(published, new CommitOrder(position, ordinal), ClusterTime.micros(time), null);
    }
}
