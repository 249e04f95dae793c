package io.vaultline.capture.mongo;

import io.vaultline.capture.mongo.MongoCollections.Found;
import io.vaultline.capture.output.CaptureState;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.event.CollectionId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** From which cluster time on the stream's changes of each collection count. */
final class CollectionMarks {
    private final Map<CollectionId, SnapshotMark> marks;
    private final Map<CollectionId, ReadIds> ids = new HashMap<>();

    CollectionMarks(CaptureState state) {
        this.marks = new HashMap<>(state.snapshots());
    }

    void add(SnapshotMark mark) {
        marks.put(mark.id(), mark);
        ids.remove(mark.id());
    }

    Optional<SnapshotMark> find(CollectionId id) {
        return Optional.ofNullable(marks.get(id));
    }

    boolean isCaptured(CollectionId id) {
        return find(id).filter(SnapshotMark::captured).isPresent();
    }

    /**
     * Whether a change counts: one at or before the time as of which its document was read is in the snapshot. A mark's
     * position is the newest of its ranges' times.
     */
    boolean takes(DocumentChange change, long time) {
        Optional<SnapshotMark> mark = find(change.collection()).filter(SnapshotMark::captured);
        if (mark.isEmpty()) {
            return false;
        }
        return time > mark.get().position() || (isInParts(mark.get()) && time > read(mark.get(), change));
    }

    private static boolean isInParts(SnapshotMark mark) {
        return !mark.parts().ranges().isEmpty();
    }

    private long read(SnapshotMark mark, DocumentChange change) {
        return ids.computeIfAbsent(mark.id(), id -> new ReadIds(mark.parts())).time(MongoSnapshot.id(change.key()));
    }

    /** Whether the stream alone has all of a collection: it is younger than the stream, and was not renamed. */
    boolean isYoung(Found collection) {
        return find(collection.id()).isEmpty()
                && marks.values().stream()
                        .noneMatch(mark ->
                                !mark.identity().isEmpty() && mark.identity().equals(collection.identity()));
    }

    /** Whether changes of it were lost, so that it is to be read again. */
    boolean isGivenUp(CollectionId id) {
        return find(id).filter(SnapshotMark::isGivenUp).isPresent();
    }

    /** Whether another collection of this name was captured: it was dropped, and its documents have no deletes. */
    boolean isMadeAgain(Found collection) {
        return find(collection.id())
                .filter(mark -> mark.captured() && !mark.identity().equals(collection.identity()))
                .isPresent();
    }
}
