package io.vaultline.capture.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import io.vaultline.check.Findings;
import io.vaultline.check.Fix;
import io.vaultline.check.Severity;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonTimestamp;

/** Checks how long the servers keep changes that the capture has not read. */
final class OplogChecks {
    private static final int UNAUTHORIZED = 13;
    private static final double LEAST_HOURS = 24;
    private static final int SECONDS_PER_HOUR = 3_600;
    private static final double USED = 0.9;

    private final MongoClient client;
    private final Findings findings;

    OplogChecks(MongoClient client, Findings findings) {
        this.client = client;
        this.findings = findings;
    }

    void run() {
        try {
            window();
        } catch (MongoCommandException e) {
            if (e.getCode() != UNAUTHORIZED) {
                throw e;
            }
            findings.note(
                    "The user may not look at the oplog, so it is not known how long a stop of the capture may last",
                    Fix.advice("Ask an administrator for rs.printReplicationInfo(); a day at least is good."));
        }
    }

    private void window() {
        MongoCollection<BsonDocument> oplog = client.getDatabase("local").getCollection("oplog.rs", BsonDocument.class);
        BsonDocument first = oplog.find()
                .sort(new BsonDocument("$natural", new BsonInt32(1)))
                .first();
        BsonDocument last = oplog.find()
                .sort(new BsonDocument("$natural", new BsonInt32(-1)))
                .first();
        if (first == null || last == null) {
            return;
        }
        BsonDocument stats = client.getDatabase("local")
                .runCommand(new BsonDocument("collStats", new BsonString("oplog.rs")), BsonDocument.class);
        double used = stats.getNumber("size").doubleValue()
                / Math.max(1, stats.getNumber("maxSize", new BsonInt32(1)).doubleValue());
        double hours = (double) (seconds(last) - seconds(first)) / SECONDS_PER_HOUR;
        boolean kept = retention() >= LEAST_HOURS;
        if (used > USED && hours < LEAST_HOURS && !kept) {
            findings.of(Severity.WARNING, "oplog", "It holds %.1f hours of changes".formatted(hours), longer());
        } else if (!kept) {
            findings.of(
                    Severity.WARNING,
                    "oplog",
                    "It is bounded by size only, so that a burst of changes can push out what is not captured yet",
                    longer());
        }
    }

    private double retention() {
        BsonDocument status = client.getDatabase("admin")
                .runCommand(
                        new BsonDocument("serverStatus", new BsonInt32(1)).append("oplogTruncation", new BsonInt32(1)),
                        BsonDocument.class);
        return status.getDocument("oplogTruncation", new BsonDocument())
                .getNumber("oplogMinRetentionHours", new BsonInt32(0))
                .doubleValue();
    }

    private static Fix longer() {
        return Fix.mongosh(Mongosh.command("admin", "{replSetResizeOplog: 1, minRetentionHours: 24.0}"));
    }

    private static int seconds(BsonDocument entry) {
        return Objects.requireNonNull(entry.getTimestamp("ts", new BsonTimestamp()))
                .getTime();
    }
}
