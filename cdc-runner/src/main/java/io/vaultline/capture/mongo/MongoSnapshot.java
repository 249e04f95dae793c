package io.vaultline.capture.mongo;

import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Projections;
import io.vaultline.capture.mongo.MongoCollections.Found;
import io.vaultline.capture.mongo.RangeReaders.Batch;
import io.vaultline.capture.mongo.ReadIds.IdRange;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.event.CollectionId;
import io.vaultline.service.SnapshotProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies one collection to Kafka: ranges of {@code _id} are read side by side as of one cluster time, and become durable
 * as they are read, each with its time. What a kill or the end of the server's snapshot history leaves missing is read
 * as of a newer time. The stream's changes up to a range's time are in it, those after it are not.
 */
final class MongoSnapshot {
    private static final Logger LOG = LoggerFactory.getLogger(MongoSnapshot.class);
    private static final int SAMPLE = 1_000;
    private static final int SNAPSHOT_TOO_OLD = 239;
    private static final int SNAPSHOT_UNAVAILABLE = 246;
    private static final int ATTEMPTS = 20;

    /** A collection with fewer documents is one range. */
    private static final long LEAST_DOCUMENTS = 50_000;

    /** More than there are readers, since ranges differ in size. */
    private static final int RANGES_PER_READER = 4;

    private static final int SAMPLED_PER_RANGE = 20;

    private final MongoClient client;
    private final ChangeWriter writer;
    private final Shredders shredders;
    private final SnapshotProgress progress;
    private final BooleanSupplier closed;

    /**
     * @param progress told how far each collection is
     * @param closed whether the capture is to end; a snapshot then stops where it is
     */
    MongoSnapshot(
            MongoClient client,
            ChangeWriter writer,
            Shredders shredders,
            SnapshotProgress progress,
            BooleanSupplier closed) {
        this.client = client;
        this.writer = writer;
        this.shredders = shredders;
        this.progress = progress;
        this.closed = closed;
    }

    /**
     * Makes the collection's documents durable, and that they are; all of them unless the capture is to end.
     *
     * @param before the mark of the collection's name: its snapshot goes on, or, if it was of another collection, the
     *     documents of that one end after all changes before this snapshot's time
     */
    SnapshotMark take(Found found, Optional<SnapshotMark> before) {
        CollectionId id = found.id();
        // A mark names ids, so ranges of masked ones are not kept.
        Found collection = new Found(id, found.identity(), hasRanges(found));
        try (LoadProgress told = progress(id, documents(id).estimatedDocumentCount())) {
            CollectionLoad load = new CollectionLoad(collection, before, told, writer(id), writer);
            read(collection, load);
            return load.mark();
        }
    }

    /** Whether a collection is read by ranges of its ids as they stand in the topic. */
    boolean hasRanges(Found found) {
        return found.ordered() && shredders.masks(found.id()).keepIds();
    }

    /** Shows a reading. The caller closes it. */
    LoadProgress progress(CollectionId id, long expected) {
        return new LoadProgress(id, expected, progress.begin(id.namespace() + "." + id.name(), expected, 1));
    }

    /** What writes a collection's documents. */
    DocumentWriter writer(CollectionId id) {
        return new DocumentWriter(shredders.of(id, () -> sample(id)), shredders.masks(id), writer);
    }

    private void read(Found collection, CollectionLoad load) {
        int idle = 0;
        while (!load.isComplete() && !closed.getAsBoolean()) {
            long rows = load.rows();
            try {
                BsonTimestamp time = time(collection.id());
                read(collection.id(), collection.ordered(), Optional.empty(), time, load);
            } catch (MongoCommandException e) {
                idle = load.rows() > rows ? 0 : idle + 1;
                if (!isOfTime(e) || idle == ATTEMPTS) {
                    throw e;
                }
                load.interrupted();
                LOG.info("The server no longer has the past of {}; the rest is read as of now", collection.id());
            }
        }
    }

    /** A collection that has just been made can't be read as of a time for a moment; later its past may be gone. */
    static boolean isOfTime(MongoException failure) {
        return failure.getCode() == SNAPSHOT_TOO_OLD || failure.getCode() == SNAPSHOT_UNAVAILABLE;
    }

    /**
     * Reads what is missing, as of one time, unless the capture is to end.
     *
     * @param ordered whether the collection is read by ranges
     * @param filter which documents, if not all; then there are no ranges
     * @throws MongoCommandException if the server can't, see {@link #isOfTime}
     */
    void read(CollectionId id, boolean ordered, Optional<BsonDocument> filter, BsonTimestamp time, DocumentSink load) {
        MongoCollection<RawBsonDocument> documents = documents(id);
        List<IdRange> ranges = ordered ? pieces(documents, load) : List.of(IdRange.ALL);
        load.begin(time.getValue(), ranges.size());
        if (ranges.isEmpty()) {
            return;
        }
        try (RangeReaders readers = new RangeReaders(client, documents, time, ordered, filter, ranges)) {
            while (!load.isComplete() && !closed.getAsBoolean()) {
                Optional<Batch> batch = readers.next();
                if (batch.isPresent()) {
                    if (batch.get().failure() != null) {
                        throw batch.get().failure();
                    }
                    load.add(batch.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** A time as of which everything can be read now. */
    BsonTimestamp time(CollectionId id) {
        ClientSessionOptions options =
                ClientSessionOptions.builder().snapshot(true).build();
        try (ClientSession session = client.startSession(options)) {
            documents(id)
                    .find(session)
                    .projection(Projections.include("_id"))
                    .limit(1)
                    .first();
            return Objects.requireNonNull(session.getSnapshotTimestamp(), "the server gave no snapshot time");
        }
    }

    /** What is missing, cut at ids of a random sample, which the server takes without reading the collection. */
    private static List<IdRange> pieces(MongoCollection<RawBsonDocument> documents, DocumentSink load) {
        List<IdRange> missing = load.missing();
        int wanted = RangeReaders.readers() * RANGES_PER_READER;
        if (load.expected() < LEAST_DOCUMENTS) {
            return missing;
        }
        List<BsonValue> sampled = new ArrayList<>();
        documents
                .aggregate(List.of(
                        Aggregates.sample(wanted * SAMPLED_PER_RANGE), Aggregates.project(Projections.include("_id"))))
                .forEach(document -> sampled.add(id(document)));
        sampled.sort(new BsonOrder());
        List<BsonValue> cuts = new ArrayList<>();
        for (int i = SAMPLED_PER_RANGE; i < sampled.size(); i += SAMPLED_PER_RANGE) {
            cuts.add(sampled.get(i));
        }
        return ReadIds.cut(missing, cuts);
    }

    static BsonValue id(RawBsonDocument document) {
        return Objects.requireNonNull(document.get("_id"), "a document without _id");
    }

    /** Some documents as they are now, for a shape. */
    List<RawBsonDocument> sample(CollectionId id) {
        return documents(id).find().limit(SAMPLE).into(new ArrayList<>());
    }

    MongoCollection<RawBsonDocument> documents(CollectionId id) {
        return client.getDatabase(id.namespace()).getCollection(id.name(), RawBsonDocument.class);
    }
}
