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

    CollectionMarks(CaptureState state) {
        this.marks = new HashMap<>(state.snapshots());
    }

    void add(SnapshotMark mark) {
        marks.put(mark.id(), mark);
    }

    Optional<SnapshotMark> find(CollectionId id) {
        return Optional.ofNullable(marks.get(id));
    }

    boolean isCaptured(CollectionId id) {
        return find(id).filter(SnapshotMark::captured).isPresent();
    }

    /** Whether a change counts: one at or before the collection's snapshot is in it. */
    boolean takes(CollectionId id, long time) {
        return find(id).filter(mark -> mark.captured() && time > mark.position())
                .isPresent();
    }

    /** Whether the stream alone has all of a collection: it is younger than the stream, and was not renamed. */
    boolean isYoung(Found collection) {
        return find(collection.id()).isEmpty()
                && marks.values().stream()
                        .noneMatch(mark ->
                                !mark.identity().isEmpty() && mark.identity().equals(collection.identity()));
    }

    /** Whether another collection of this name was captured: it was dropped, and its documents have no deletes. */
    boolean isMadeAgain(Found collection) {
        return find(collection.id())
                .filter(mark -> mark.captured() && !mark.identity().equals(collection.identity()))
                .isPresent();
    }
}
