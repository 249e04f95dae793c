package io.vaultline.capture.mongo;

import com.mongodb.MongoCommandException;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.capture.resnapshot.OpenRequests;
import io.vaultline.capture.resnapshot.ResnapshotRequest;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CommitOrder;
import java.time.Duration;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads captured collections again while the stream goes on, one request at a time.
 *
 * <p>A cluster time of now is chosen when a request is seen; the stream goes on up to it, pauses, and the documents as of
 * that time are written behind all earlier changes and before all later ones. Where the server has given that past up
 * before all is read, the rest follows in the same way at a later time. A request is open until its last rows are
 * durable, so a new start takes it up again.
 */
final class Resnapshots implements StreamBoundary, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Resnapshots.class);
    private static final long LOOK_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int ATTEMPTS = 20;
    private static final int CURSOR_NOT_FOUND = 43;
    private static final String KEEP =
            "db.adminCommand({setParameter: 1, minSnapshotHistoryWindowInSeconds: 3600}), then ask again";

    private final OpenRequests requests;
    private final MongoCollections collections;
    private final CollectionMarks marks;
    private final MongoSnapshot snapshot;
    private final ChangeWriter writer;
    private Optional<Waiting> waiting = Optional.empty();
    private long time = NEVER;
    private int idle;
    private long nextLook = System.nanoTime();

    /** @param requests closed with this */
    Resnapshots(
            OpenRequests requests,
            MongoCollections collections,
            CollectionMarks marks,
            MongoSnapshot snapshot,
            ChangeWriter writer) {
        this.requests = requests;
        this.collections = collections;
        this.marks = marks;
        this.snapshot = snapshot;
        this.writer = writer;
    }

    /** A request that was seen, and what was read for it. */
    private record Waiting(
            ResnapshotRequest request,
            Optional<BsonDocument> filter,
            boolean ordered,
            LoadProgress progress,
            Rereading load) {
        CollectionId id() {
            return request.collection();
        }
    }

    @Override
    public long time() {
        return time;
    }

    @Override
    public void look(long taken) {
        if (time != NEVER || System.nanoTime() - nextLook < 0) {
            return;
        }
        nextLook = System.nanoTime() + LOOK_NANOS;
        if (waiting.isEmpty()) {
            waiting = next();
        }
        waiting.ifPresent(now -> choose(now, taken));
    }

    /** A time that the stream has passed already has no place in it any more. */
    private void choose(Waiting now, long taken) {
        try {
            long possible = snapshot.time(now.id()).getValue();
            time = possible < taken ? NEVER : possible;
        } catch (MongoCommandException e) {
            failed(now, e);
        }
    }

    private Optional<Waiting> next() {
        for (ResnapshotRequest request : requests.look()) {
            CollectionId id = request.collection();
            if (!marks.isCaptured(id)) {
                requests.refuse(request, "The collection is not captured; see the log of the capture, or include it");
                continue;
            }
            DocumentFilter filter = new DocumentFilter(request.where());
            Optional<String> problem = filter.problem(snapshot.documents(id));
            if (problem.isPresent()) {
                requests.refuse(request, problem.get());
                continue;
            }
            requests.begin(request);
            return Optional.of(begun(request, filter.parsed()));
        }
        return Optional.empty();
    }

    private Waiting begun(ResnapshotRequest request, Optional<BsonDocument> filter) {
        CollectionId id = request.collection();
        idle = 0;
        boolean ordered = filter.isEmpty()
                && collections.list().stream().anyMatch(found -> found.id().equals(id) && snapshot.hasRanges(found));
        long expected = filter.isEmpty() ? snapshot.documents(id).estimatedDocumentCount() : 0;
        LoadProgress progress = snapshot.progress(id, expected);
        SnapshotMark mark = marks.find(id).orElseThrow();
        Rereading load = new Rereading(
                request, new ReadSoFar(ordered), snapshot.writer(id), writer, progress, filter.isEmpty(), mark);
        return new Waiting(request, filter, ordered, progress, load);
    }

    @Override
    public void pass(CommitOrder first) {
        Waiting now = waiting.orElseThrow();
        BsonTimestamp past = new BsonTimestamp(time);
        time = NEVER;
        SnapshotMark mark = marks.find(now.id()).orElseThrow();
        if (mark.position() > past.getValue()) {
            LOG.info("{} was read anew meanwhile, so a later time is chosen", now.id());
            return;
        }
        long rows = now.load().rows();
        try {
            LOG.info("{} is read again, as of position {}", now.id(), first.commitPosition());
            now.load().at(first, mark);
            snapshot.read(now.id(), now.ordered(), now.filter(), past, now.load());
        } catch (MongoCommandException e) {
            idle = now.ordered() && now.load().rows() > rows ? 0 : idle;
            failed(now, e);
        }
        if (now.load().isComplete()) {
            requests.answered(now.request());
            ended(now);
        }
    }

    /** The server's words on a document that a filter fails on may hold its data. */
    private void failed(Waiting now, MongoCommandException failure) {
        boolean past = MongoSnapshot.isOfTime(failure) || failure.getCode() == CURSOR_NOT_FOUND;
        if (past && ++idle < ATTEMPTS) {
            LOG.info("The server no longer has the past of {}; the rest is read as of a later time", now.id());
            now.load().interrupted();
        } else if (past) {
            refuse(now, "The server gives its past up before anything of it is read; keep more of it: " + KEEP);
        } else if (now.filter().isPresent() && !MongoFailures.isPassing(failure)) {
            refuse(now, "The filter fails on a document of the collection (" + failure.getErrorCodeName() + ")");
        } else {
            throw failure;
        }
    }

    private void refuse(Waiting now, String why) {
        writer.abort();
        requests.refuse(now.request(), why);
        ended(now);
    }

    private void ended(Waiting now) {
        now.progress().close();
        waiting = Optional.empty();
    }

    @Override
    public void close() {
        requests.close();
        waiting.ifPresent(now -> now.progress().close());
    }
}
