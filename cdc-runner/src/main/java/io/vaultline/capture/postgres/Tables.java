package io.vaultline.capture.postgres;

import io.vaultline.capture.output.CaptureState;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.capture.postgres.CatalogTable.Listing;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The captured tables: from which commit on the stream's changes of each count, and its newest shape. */
final class Tables {
    private final Map<CollectionId, SnapshotMark> marks;
    private final Map<CollectionId, ReadRanges> ranges = new HashMap<>();
    private final Map<CollectionId, CollectionSchema> shapes = new HashMap<>();

    Tables(CaptureState state) {
        this.marks = new HashMap<>();
        state.snapshots().values().forEach(this::add);
    }

    void add(SnapshotMark mark) {
        marks.put(mark.id(), mark);
        if (mark.captured() && !mark.parts().ranges().isEmpty()) {
            ranges.put(mark.id(), new ReadRanges(mark));
        } else {
            ranges.remove(mark.id());
        }
    }

    void add(CollectionSchema shape) {
        shapes.put(shape.id(), shape);
    }

    Collection<CollectionSchema> shapes() {
        return List.copyOf(shapes.values());
    }

    Optional<CollectionSchema> shape(CollectionId id) {
        return Optional.ofNullable(shapes.get(id));
    }

    /** Whether the table's rows are in Kafka; those of an earlier table of its name do not count. */
    boolean has(Listing table) {
        SnapshotMark mark = marks.get(table.id());
        return mark != null && mark.captured() && mark.identity().equals(table.incarnation());
    }

    /** How far the table's snapshot is, or that of an earlier table of its name; nothing if it was never begun. */
    Optional<SnapshotMark> mark(Listing table) {
        return Optional.ofNullable(marks.get(table.id())).filter(SnapshotMark::begun);
    }

    /** Whether changes of the table were not published for a while, after it was captured. */
    boolean missedChanges(Listing table) {
        return mark(table)
                .map(SnapshotMark::identity)
                .filter(identity -> table.isSameTable(identity) && !identity.equals(table.incarnation()))
                .isPresent();
    }

    /**
     * Whether changes of that commit may count: one at or below the table's snapshot is in it. One of a table that has no snapshot yet
     * will be: its snapshot is taken later, and so sees it.
     */
    boolean takes(CollectionId id, long commitLsn) {
        SnapshotMark mark = marks.get(id);
        return mark != null && mark.captured() && commitLsn > mark.oldest();
    }

    /** The same, for a change of a table that may have been read in ranges as of several positions. */
    boolean takes(DataChangeEvent change, long commitLsn) {
        CollectionId id = change.schema().id();
        ReadRanges read = ranges.get(id);
        return read == null ? takes(id, commitLsn) : read.take(change, commitLsn);
    }
}
