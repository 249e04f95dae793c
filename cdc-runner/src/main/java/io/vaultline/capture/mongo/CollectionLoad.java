package io.vaultline.capture.mongo;

import io.vaultline.capture.mongo.MongoCollections.Found;
import io.vaultline.capture.mongo.RangeReaders.Batch;
import io.vaultline.capture.mongo.ReadIds.IdRange;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.CommitPace;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.event.CommitOrder;
import java.util.List;
import java.util.Optional;

/**
 * One collection on its way into Kafka. A Kafka transaction holds some seconds' rows, and how far each range then is: up
 * to behind the last id, since a range is read in order.
 */
final class CollectionLoad implements DocumentSink {
    private final Found collection;
    private final DocumentWriter documents;
    private final ChangeWriter writer;
    private final CommitPace pace;
    private final LoadProgress progress;
    private final ReadSoFar read;
    private boolean replaces;

    CollectionLoad(
            Found collection,
            Optional<SnapshotMark> before,
            LoadProgress progress,
            DocumentWriter documents,
            ChangeWriter writer) {
        this.collection = collection;
        this.documents = documents;
        this.writer = writer;
        this.pace = CommitPace.ofSnapshot(writer);
        this.progress = progress;
        this.read = new ReadSoFar(collection.ordered());
        Optional<SnapshotMark> begun = before.filter(SnapshotMark::begun);
        Optional<SnapshotMark> resumed = begun.filter(mark -> !mark.complete()
                && collection.ordered()
                && mark.identity().equals(collection.identity())
                && mark.parts().key().equals(ReadIds.KEY));
        resumed.ifPresent(mark -> read.resume(mark.parts(), mark.position()));
        this.replaces = begun.isPresent() && resumed.isEmpty();
    }

    @Override
    public boolean isComplete() {
        return read.isComplete();
    }

    long rows() {
        return progress.rows();
    }

    @Override
    public long expected() {
        return progress.expected();
    }

    @Override
    public List<IdRange> missing() {
        return read.missing();
    }

    @Override
    public void begin(long time, int ranges) {
        read.begin(time, ranges);
        if (replaces) {
            documents.end(new CommitOrder(time - 1, Long.MAX_VALUE), time);
        }
        if (ranges == 0) {
            commit();
        }
    }

    @Override
    public void add(Batch batch) {
        documents.write(batch.documents(), new CommitOrder(read.time(), 0), read.time());
        progress.add(batch.documents().size());
        read.add(batch);
        if (isComplete() || (pace.isDue() && collection.ordered())) {
            commit();
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
        if (read.isBegun()) {
            writer.commitSnapshot(mark());
            replaces = false;
            pace.begin();
            progress.say(isComplete());
        }
    }

    /** How far the collection is. Ranges of one time are one snapshot. */
    SnapshotMark mark() {
        return new SnapshotMark(collection.id(), read.time(), collection.identity(), isComplete(), read.parts());
    }
}
