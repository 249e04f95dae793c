package io.vaultline.capture.mongo;

import io.vaultline.capture.mongo.RangeReaders.Batch;
import io.vaultline.capture.mongo.ReadIds.IdRange;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.CommitPace;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.capture.resnapshot.ResnapshotAnswer;
import io.vaultline.capture.resnapshot.ResnapshotAnswer.Status;
import io.vaultline.capture.resnapshot.ResnapshotRequest;
import io.vaultline.event.CommitOrder;
import java.util.List;

/**
 * A captured collection on its way into Kafka once more, on a request. An answer that counts rows is durable together
 * with them. Ranges that can't be read as of one time are read as of a later one, at a place of its own in the stream.
 */
final class Rereading implements DocumentSink {
    private final ResnapshotRequest request;
    private final ReadSoFar read;
    private final DocumentWriter documents;
    private final ChangeWriter writer;
    private final CommitPace pace;
    private final LoadProgress progress;
    private boolean replaces;
    private SnapshotMark mark;
    private CommitOrder first = new CommitOrder(0, 0);

    /**
     * @param replaces whether rows that no longer exist must end
     * @param mark the collection's, which stays what it is
     */
    Rereading(
            ResnapshotRequest request,
            ReadSoFar read,
            DocumentWriter documents,
            ChangeWriter writer,
            LoadProgress progress,
            boolean replaces,
            SnapshotMark mark) {
        this.request = request;
        this.read = read;
        this.documents = documents;
        this.writer = writer;
        this.pace = CommitPace.ofSnapshot(writer);
        this.progress = progress;
        this.replaces = replaces;
        this.mark = mark;
    }

    /**
     * Rows come at a place of the stream.
     *
     * @param place the first of two that no change has
     */
    void at(CommitOrder place, SnapshotMark now) {
        first = place;
        mark = now;
    }

    @Override
    public List<IdRange> missing() {
        return read.missing();
    }

    @Override
    public long expected() {
        return progress.expected();
    }

    @Override
    public boolean isComplete() {
        return read.isComplete();
    }

    long rows() {
        return progress.rows();
    }

    @Override
    public void begin(long time, int ranges) {
        read.begin(time, ranges);
        if (replaces) {
            documents.end(first, time);
            replaces = false;
        }
        if (isComplete()) {
            commit();
        }
    }

    @Override
    public void add(Batch batch) {
        CommitOrder order = new CommitOrder(first.commitPosition(), first.ordinal() + 1);
        documents.write(batch.documents(), order, read.time());
        progress.add(batch.documents().size());
        read.add(batch);
        if (isComplete() || pace.isDue()) {
            commit();
        }
    }

    /** No more comes as of this time. What was written stays. */
    void interrupted() {
        if (writer.pending() > 0) {
            commit();
        }
    }

    private void commit() {
        Status status = isComplete() ? Status.DONE : Status.READING;
        writer.answer(request, new ResnapshotAnswer(status, progress.rows(), first.commitPosition(), ""));
        writer.commitSnapshot(mark);
        pace.begin();
        progress.say(isComplete());
    }
}
