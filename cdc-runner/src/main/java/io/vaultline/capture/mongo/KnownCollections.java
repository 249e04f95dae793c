package io.vaultline.capture.mongo;

import io.vaultline.capture.mongo.MongoCollections.Found;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.event.CollectionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes collections in. One that exists when the source is first captured is read by a snapshot; so is one that the
 * configuration left out before, one that got its name by renaming, and one that was dropped and made again. A younger one needs none: the stream has had all
 * of its changes since it was made.
 */
final class KnownCollections implements MongoStream.Collections {
    private static final long LOOK_NANOS = Duration.ofSeconds(2).toNanos();

    private final MongoCollections collections;
    private final CollectionFilter filter;
    private final CollectionMarks marks;
    private final MongoSnapshot snapshot;
    private final Shredders shredders;
    private final ChangeWriter writer;
    private final Map<CollectionId, DocumentChanges> changes = new HashMap<>();
    private long nextLook = System.nanoTime();

    KnownCollections(
            MongoCollections collections,
            CollectionFilter filter,
            CollectionMarks marks,
            MongoSnapshot snapshot,
            Shredders shredders,
            ChangeWriter writer) {
        this.collections = collections;
        this.filter = filter;
        this.marks = marks;
        this.snapshot = snapshot;
        this.shredders = shredders;
        this.writer = writer;
    }

    /** Notes, in the open Kafka transaction, that every collection of now exists and is still to be read. */
    void begin() {
        for (Found found : collections.list()) {
            SnapshotMark mark = new SnapshotMark(found.id(), SnapshotMark.NOT_CAPTURED, found.identity());
            writer.mark(mark);
            marks.add(mark);
        }
    }

    /** Takes the snapshots that are missing, and publishes the shapes of all captured collections. */
    void prepare(BooleanSupplier closed) {
        for (Found found : collections.list()) {
            if (closed.getAsBoolean()) {
                return;
            }
            takeIn(found);
            if (marks.isCaptured(found.id())) {
                shredders.of(found.id(), () -> snapshot.sample(found.id()));
            }
        }
        writer.publish(shredders.shapes());
    }

    private void takeIn(Found found) {
        if (!filter.accepts(found.id())) {
            if (marks.find(found.id()).isEmpty() || marks.isCaptured(found.id())) {
                mark(found, SnapshotMark.NOT_CAPTURED);
            }
        } else if (marks.isYoung(found)) {
            mark(found, 0);
            writer.publish(List.of(
                    shredders.of(found.id(), () -> snapshot.sample(found.id())).shape()));
        } else if (!marks.isCaptured(found.id()) || marks.isMadeAgain(found)) {
            marks.add(snapshot.take(found, marks.isMadeAgain(found)));
        }
    }

    private void mark(Found found, long position) {
        SnapshotMark mark = new SnapshotMark(found.id(), position, found.identity());
        writer.commitSnapshot(mark);
        marks.add(mark);
    }

    @Override
    public void arrived(CollectionId id) {
        Optional<Found> found = collections.list().stream()
                .filter(collection -> collection.id().equals(id))
                .findFirst();
        // It may be gone again by now; its changes count all the same.
        takeIn(found.orElseGet(() -> new Found(id, "")));
    }

    @Override
    public DocumentChanges changes(CollectionId id) {
        return changes.computeIfAbsent(
                id,
                added ->
                        new DocumentChanges(shredders.of(added, () -> snapshot.sample(added)), shredders.masks(added)));
    }

    @Override
    public void pause() {
        if (System.nanoTime() - nextLook < 0) {
            return;
        }
        for (Found found : collections.list()) {
            takeIn(found);
        }
        nextLook = System.nanoTime() + LOOK_NANOS;
    }
}
