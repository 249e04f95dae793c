package io.vaultline.capture.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import io.vaultline.check.Findings;
import io.vaultline.check.Fix;
import io.vaultline.check.Severity;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** Checks how long the servers keep changes that the capture has not read. */
final class OplogChecks {
    private static final int UNAUTHORIZED = 13;
    private static final double LEAST_HOURS = 24;

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
        Optional<OplogWindow> found = OplogWindow.read(client);
        if (found.isEmpty() || retention() >= LEAST_HOURS) {
            return;
        }
        OplogWindow window = found.get();
        boolean isShort = window.isFull() && window.hours() < LEAST_HOURS;
        findings.of(
                Severity.WARNING,
                "oplog",
                isShort
                        ? "It holds %.1f hours of changes".formatted(window.hours())
                        : "It is bounded by size only, so that a burst of changes can push out what is not captured yet",
                longer());
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
}
