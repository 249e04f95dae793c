package io.vaultline.capture.postgres;

import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.capture.output.SnapshotParts.Range;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of a table count whose ranges of keys were read as of several positions: those above the position of the
 * range that their row's key lies in.
 */
final class ReadRanges {
    private final KeyOrder order;
    private final List<ReadRange> ranges;
    private final long oldest;
    private final long newest;

    ReadRanges(SnapshotMark mark) {
        this.order = KeyOrder.parse(mark.parts().key());
        this.ranges = KeyRanges.sorted(order, mark.parts()).stream()
                .map(range -> ReadRange.of(order, range))
                .toList();
        this.oldest = mark.oldest();
        this.newest = mark.position();
    }

    /** The end is open where there are no values. */
    private record ReadRange(List<Object> to, long position) {
        static ReadRange of(KeyOrder order, Range range) {
            return new ReadRange(order.values(range.to()), range.position());
        }
    }

    /** Whether a change counts that was committed at a position. */
    boolean take(DataChangeEvent change, long commitLsn) {
        if (commitLsn > newest) {
            return true;
        }
        return commitLsn > oldest && commitLsn > position(change);
    }

    /** A truncation ends the rows that were read before it; those that were read after it are of a higher order. */
    private long position(DataChangeEvent change) {
        Row row = row(change);
        Optional<List<Object>> key = row == null ? Optional.empty() : order.values(row);
        return key.isEmpty() ? oldest : position(key.get());
    }

    private long position(List<Object> key) {
        for (ReadRange range : ranges) {
            if (range.to().isEmpty() || order.compare(key, range.to()) < 0) {
                return range.position();
            }
        }
        return newest;
    }

    private static @Nullable Row row(DataChangeEvent change) {
        if (change instanceof RowCreated created) {
            return created.after();
        } else if (change instanceof RowUpdated updated) {
            return updated.after();
        }
        return change instanceof RowDeleted deleted ? deleted.before() : null;
    }
}
