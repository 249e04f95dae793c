package io.vaultline.capture.mongo;

import io.vaultline.capture.mongo.RangeReaders.Batch;
import io.vaultline.capture.mongo.ReadIds.IdRange;
import io.vaultline.capture.output.SnapshotParts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.RawBsonDocument;

/** How far the ranges of a collection were read, and as of which times: each up to behind its last id, since it is read in order. */
final class ReadSoFar {
    private final boolean ordered;
    private final Map<IdRange, IdCut> reached = new HashMap<>();
    private SnapshotParts parts = new SnapshotParts(ReadIds.KEY, List.of());
    private long time;
    private int open = -1;

    /** @param ordered whether ranges are read in the order of {@code _id}; else nothing is known before the end */
    ReadSoFar(boolean ordered) {
        this.ordered = ordered;
    }

    /** Goes on from what was durable. */
    void resume(SnapshotParts durable, long newest) {
        parts = durable;
        time = newest;
    }

    /** So many ranges come now, as of a time. */
    void begin(long newTime, int ranges) {
        time = newTime;
        open = ranges;
        reached.clear();
    }

    /** A batch was written. */
    void add(Batch batch) {
        if (batch.last()) {
            open--;
            done(batch.range(), batch.range().to());
            reached.remove(batch.range());
        } else if (!batch.documents().isEmpty() && ordered) {
            RawBsonDocument last = batch.documents().get(batch.documents().size() - 1);
            done(batch.range(), IdCut.after(MongoSnapshot.id(last)));
        }
    }

    private void done(IdRange range, IdCut to) {
        IdCut from = reached.getOrDefault(range, range.from());
        if (to.compareTo(from) > 0) {
            parts = parts.with(new IdRange(from, to).read(time));
            reached.put(range, to);
        }
    }

    boolean isOrdered() {
        return ordered;
    }

    /** Whether any range was begun. */
    boolean isBegun() {
        return open >= 0;
    }

    boolean isComplete() {
        return open == 0;
    }

    long time() {
        return time;
    }

    List<IdRange> missing() {
        return new ReadIds(parts).missing();
    }

    /** What was read. Ranges of one time that are all are one snapshot, and need no parts. */
    SnapshotParts parts() {
        boolean whole = isComplete() && parts.ranges().stream().allMatch(range -> range.position() == time);
        return whole ? SnapshotParts.NONE : parts;
    }
}
