package io.vaultline.capture.mongo;

import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoCommandException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import io.vaultline.capture.mongo.MongoCollections.Found;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.RawBsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies one collection, as of one cluster time, to Kafka in one Kafka transaction. The stream's changes up to that time
 * are in it, those after it are not.
 */
final class MongoSnapshot {
    private static final Logger LOG = LoggerFactory.getLogger(MongoSnapshot.class);
    private static final int SAMPLE = 1_000;
    private static final int FETCH = 1_000;
    private static final int SNAPSHOT_UNAVAILABLE = 246;
    private static final int ATTEMPTS = 20;

    private final MongoClient client;
    private final ChangeWriter writer;
    private final Shredders shredders;

    MongoSnapshot(MongoClient client, ChangeWriter writer, Shredders shredders) {
        this.client = client;
        this.writer = writer;
        this.shredders = shredders;
    }

    /**
     * Makes the collection's documents durable, and that they are.
     *
     * @param replaces whether documents of an earlier collection of this name are in Kafka; they end then after all changes
     *     before the snapshot's time
     */
    SnapshotMark take(Found collection, boolean replaces) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(collection, replaces);
            } catch (MongoCommandException e) {
                // A collection that has just been made can't be read as of a time for a moment.
                if (e.getErrorCode() != SNAPSHOT_UNAVAILABLE || attempt == ATTEMPTS) {
                    throw e;
                }
                writer.abort();
                LOG.debug("{} can't be read yet", collection.id());
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // a shredder hands out one object for each shape
    private SnapshotMark attempt(Found collection, boolean replaces) {
        ClientSessionOptions options =
                ClientSessionOptions.builder().snapshot(true).build();
        try (ClientSession session = client.startSession(options)) {
            MongoCollection<RawBsonDocument> documents = documents(collection.id());
            DocumentMasks masks = shredders.masks(collection.id());
            DocumentShredder shredder = shredders.of(collection.id(), () -> sample(session, documents));
            CollectionSchema published = publish(shredder.shape());
            long rows = 0;
            long time;
            try (MongoCursor<RawBsonDocument> cursor =
                    documents.find(session).batchSize(FETCH).iterator()) {
                time = time(session);
                if (replaces) {
                    writer.write(new CollectionTruncated(header(published, time - 1, Long.MAX_VALUE)));
                }
                while (cursor.hasNext()) {
                    Row row = shredder.row(masks.of(cursor.next()));
                    published = shredder.shape() == published ? published : publish(shredder.shape());
                    writer.write(new RowRead(header(published, time, 0), row));
                    rows++;
                }
            }
            SnapshotMark mark = new SnapshotMark(collection.id(), time, collection.identity());
            writer.commitSnapshot(mark);
            LOG.info("Snapshot of {}: {} documents", mark.id(), rows);
            return mark;
        }
    }

    private static ChangeHeader header(CollectionSchema shape, long time, long ordinal) {
        return new ChangeHeader(shape, new CommitOrder(time, ordinal), ClusterTime.micros(time), null);
    }

    private CollectionSchema publish(CollectionSchema shape) {
        writer.publish(List.of(shape));
        return shape;
    }

    /** The time of the session's first read, which all others share. */
    private static long time(ClientSession session) {
        return Objects.requireNonNull(session.getSnapshotTimestamp(), "the server gave no snapshot time")
                .getValue();
    }

    private static List<RawBsonDocument> sample(ClientSession session, MongoCollection<RawBsonDocument> documents) {
        return documents.find(session).limit(SAMPLE).into(new ArrayList<>());
    }

    /** Some documents as they are now, for a shape. */
    List<RawBsonDocument> sample(CollectionId id) {
        return documents(id).find().limit(SAMPLE).into(new ArrayList<>());
    }

    private MongoCollection<RawBsonDocument> documents(CollectionId id) {
        return client.getDatabase(id.namespace()).getCollection(id.name(), RawBsonDocument.class);
    }
}
