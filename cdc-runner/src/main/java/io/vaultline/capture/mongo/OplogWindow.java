package io.vaultline.capture.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonTimestamp;

/**
 * What an oplog holds.
 *
 * @param oldest seconds since the epoch
 * @param newest seconds since the epoch
 * @param used the share of its size that is in use
 */
record OplogWindow(int oldest, int newest, double used) {
    private static final double FULL = 0.9;
    private static final double SECONDS_PER_HOUR = 3_600;

    /** Nothing if it is empty. @throws com.mongodb.MongoException if it can't be looked at */
    static Optional<OplogWindow> read(MongoClient client) {
        MongoCollection<BsonDocument> oplog = client.getDatabase("local").getCollection("oplog.rs", BsonDocument.class);
        Optional<BsonDocument> first = entry(oplog, 1);
        Optional<BsonDocument> last = entry(oplog, -1);
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        BsonDocument stats = client.getDatabase("local")
                .runCommand(new BsonDocument("collStats", new BsonString("oplog.rs")), BsonDocument.class);
        double used = stats.getNumber("size").doubleValue()
                / Math.max(1, stats.getNumber("maxSize", new BsonInt32(1)).doubleValue());
        return Optional.of(new OplogWindow(seconds(first.get()), seconds(last.get()), used));
    }

    private static Optional<BsonDocument> entry(MongoCollection<BsonDocument> oplog, int direction) {
        return Optional.ofNullable(oplog.find()
                .sort(new BsonDocument("$natural", new BsonInt32(direction)))
                .first());
    }

    private static int seconds(BsonDocument entry) {
        return entry.getTimestamp("ts", new BsonTimestamp()).getTime();
    }

    double hours() {
        return (newest - oldest) / SECONDS_PER_HOUR;
    }

    /** From the oldest entry to a place, seconds since the epoch. */
    double hoursTo(long place) {
        return (place - oldest) / SECONDS_PER_HOUR;
    }

    /** Whether entries are dropped, or will be soon. */
    boolean isFull() {
        return used > FULL;
    }
}
