package io.vaultline.capture.mongo;

import io.vaultline.capture.mongo.MongoCollections.Found;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.LetterDesk;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.event.CollectionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Takes collections in. One that exists when the source is first captured is read by a snapshot; so is one that the
 * configuration left out before, one that got its name by renaming, and, where the stream does not tell drops, one that
 * was dropped and made again. A younger one needs none: the stream has had all of its changes since it was made.
 */
final class KnownCollections implements MongoStream.Collections {
    private static final long LOOK_NANOS = Duration.ofSeconds(2).toNanos();

    private final MongoCollections collections;
    private final CollectionFilter filter;
    private final CollectionMarks marks;
    private final MongoSnapshot snapshot;
    private final Shredders shredders;
    private final ChangeWriter writer;
    private final LetterDesk letters;
    private final boolean dropsAreStreamed;
    private final Map<CollectionId, DocumentChanges> changes = new HashMap<>();
    private long nextLook = System.nanoTime();

    /** @param dropsAreStreamed whether the stream says when a collection is dropped or renamed; else the lists do */
    KnownCollections(
            MongoCollections collections,
            CollectionFilter filter,
            CollectionMarks marks,
            MongoSnapshot snapshot,
            Shredders shredders,
            ChangeWriter writer,
            LetterDesk letters,
            boolean dropsAreStreamed) {
        this.collections = collections;
        this.filter = filter;
        this.marks = marks;
        this.snapshot = snapshot;
        this.shredders = shredders;
        this.writer = writer;
        this.letters = letters;
        this.dropsAreStreamed = dropsAreStreamed;
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
        takeIn(found, writer::commitSnapshot, () -> {});
    }

    private void takeIn(Found found, Consumer<SnapshotMark> marker, Runnable beforeSnapshot) {
        CollectionId id = found.id();
        if (!filter.accepts(id)) {
            if (marks.find(id).isEmpty() || marks.isCaptured(id)) {
                mark(found, SnapshotMark.NOT_CAPTURED, marker);
            }
        } else if (marks.isYoung(found)) {
            mark(found, 0, marker);
            writer.publish(List.of(shredders.of(id, () -> snapshot.sample(id)).shape()));
        } else if (!marks.isCaptured(id) || marks.isGivenUp(id) || (!dropsAreStreamed && marks.isMadeAgain(found))) {
            beforeSnapshot.run();
            marks.add(snapshot.take(found, marks.find(id)));
        }
    }

    private void mark(Found found, long position, Consumer<SnapshotMark> marker) {
        SnapshotMark mark = new SnapshotMark(found.id(), position, found.identity());
        marker.accept(mark);
        marks.add(mark);
    }

    /** A young one is marked within the open Kafka transaction: it may have been made by a transaction of the source. */
    @Override
    public void arrived(CollectionId id, Runnable commit) {
        // It may be gone again by now; its changes count all the same.
        takeIn(find(id).orElseGet(() -> new Found(id, "", false)), writer::mark, commit);
    }

    /** It brings documents that the stream never had. If it is gone again, the stream will say so. */
    @Override
    public void renamed(CollectionId id, long time) {
        Found found = find(id).orElseGet(() -> new Found(id, "", false));
        if (!filter.accepts(id)) {
            mark(found, SnapshotMark.NOT_CAPTURED, writer::commitSnapshot);
        } else if (found.identity().isEmpty()) {
            mark(found, time, writer::commitSnapshot);
        } else {
            marks.add(snapshot.take(found, marks.find(id)));
        }
    }

    private Optional<Found> find(CollectionId id) {
        return collections.list().stream()
                .filter(collection -> collection.id().equals(id))
                .findFirst();
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
        letters.look();
        if (System.nanoTime() - nextLook < 0) {
            return;
        }
        for (Found found : collections.list()) {
            takeIn(found);
        }
        nextLook = System.nanoTime() + LOOK_NANOS;
    }
}
