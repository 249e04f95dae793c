package io.vaultline.capture.mongo;

import com.mongodb.ClientSessionOptions;
import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import io.vaultline.capture.mongo.ReadIds.IdRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Reads ranges of a collection side by side, all as of one cluster time, each in the order of {@code _id}. What was read
 * waits in a short queue: the server's batches are at most 16 MB each.
 */
final class RangeReaders implements AutoCloseable {
    private static final int FETCH = 5_000;
    private static final int QUEUED = 2;
    private static final BsonDocument BY_ID = BsonDocument.parse("{_id: 1}");
    private static final int MOST_READERS = 4;

    private final MongoClient client;
    private final MongoCollection<RawBsonDocument> documents;
    private final BsonTimestamp time;
    private final boolean ordered;
    private final Optional<BsonDocument> filter;
    private final Queue<IdRange> ranges;
    private final BlockingQueue<Batch> read = new ArrayBlockingQueue<>(QUEUED);
    private final ExecutorService threads;

    /**
     * @param time as of which all is read
     * @param ordered whether the ranges can be read in the order of {@code _id}; else there is only one, of all
     * @param filter which documents of the ranges are wanted, if not all
     */
    RangeReaders(
            MongoClient client,
            MongoCollection<RawBsonDocument> documents,
            BsonTimestamp time,
            boolean ordered,
            Optional<BsonDocument> filter,
            List<IdRange> ranges) {
        this.client = client;
        this.documents = documents;
        this.time = time;
        this.ordered = ordered;
        this.filter = filter;
        this.ranges = new ConcurrentLinkedQueue<>(ranges);
        int readers = Math.min(ranges.size(), readers());
        this.threads = Executors.newFixedThreadPool(readers, RangeReaders::thread);
        for (int i = 0; i < readers; i++) {
            threads.execute(this::read);
        }
    }

    /** How many ranges are read at a time. */
    static int readers() {
        return Math.max(2, Math.min(MOST_READERS, Runtime.getRuntime().availableProcessors()));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "snapshot-reader");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Documents of a range that follow those of the last batch.
     *
     * @param last whether the range is read
     * @param failure why no more come; null if all is well
     */
    record Batch(
            IdRange range,
            List<RawBsonDocument> documents,
            boolean last,
            @Nullable RuntimeException failure) {}

    /** The next batch, if one comes soon. */
    Optional<Batch> next() throws InterruptedException {
        return Optional.ofNullable(read.poll(100, TimeUnit.MILLISECONDS));
    }

    private void read() {
        ClientSessionOptions options =
                ClientSessionOptions.builder().snapshot(true).build();
        IdRange range = IdRange.ALL;
        try (ClientSession session = client.startSession(options)) {
            session.setSnapshotTimestamp(time);
            for (IdRange next = ranges.poll(); next != null; next = ranges.poll()) {
                range = next;
                read(session, range);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failed(new Batch(range, List.of(), false, e));
        }
    }

    private void failed(Batch batch) {
        try {
            read.put(batch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(ClientSession session, IdRange range) throws InterruptedException {
        try (MongoCursor<RawBsonDocument> cursor = find(session, range).iterator()) {
            while (cursor.hasNext()) {
                read.put(new Batch(range, batch(cursor, range), false, null));
            }
            read.put(new Batch(range, List.of(), true, null));
        }
    }

    private static List<RawBsonDocument> batch(MongoCursor<RawBsonDocument> cursor, IdRange range) {
        List<RawBsonDocument> batch = new ArrayList<>();
        do {
            RawBsonDocument document = cursor.next();
            if (!isBefore(document, range, batch)) {
                batch.add(document);
            }
        } while (cursor.available() > 0);
        return batch;
    }

    /** A range that begins behind an id is read from that id on, since the server knows no other beginning. */
    private static boolean isBefore(RawBsonDocument document, IdRange range, List<RawBsonDocument> batch) {
        return batch.isEmpty() && range.from().after() && !range.has(MongoSnapshot.id(document));
    }

    private FindIterable<RawBsonDocument> find(ClientSession session, IdRange range) {
        FindIterable<RawBsonDocument> found =
                documents.find(session, filter.orElseGet(BsonDocument::new)).batchSize(FETCH);
        if (!ordered) {
            return found;
        }
        found.hint(BY_ID).sort(BY_ID);
        if (!range.from().equals(IdCut.BEGINNING)) {
            found.min(new BsonDocument("_id", range.from().id()));
        }
        if (!range.to().equals(IdCut.END)) {
            found.max(new BsonDocument("_id", range.to().id()));
        }
        return found;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
