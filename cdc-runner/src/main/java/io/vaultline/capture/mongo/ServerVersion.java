package io.vaultline.capture.mongo;

import com.mongodb.client.MongoClient;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** A server's version, such as 6.0.9. */
record ServerVersion(int major, int minor, int patch) {
    static ServerVersion of(MongoClient client) {
        List<Integer> numbers = client
                .getDatabase("admin")
                .runCommand(new BsonDocument("buildInfo", new BsonInt32(1)), BsonDocument.class)
                .getArray("versionArray")
                .stream()
                .map(number -> number.asNumber().intValue())
                .toList();
        return new ServerVersion(numbers.get(0), numbers.get(1), numbers.get(2));
    }

    boolean isBefore(int otherMajor, int otherMinor, int otherPatch) {
        if (major != otherMajor) {
            return major < otherMajor;
        }
        return minor != otherMinor ? minor < otherMinor : patch < otherPatch;
    }

    /** Whether collections can keep documents as they were before a change. */
    boolean keepsPreImages() {
        return !isBefore(6, 0, 0);
    }

    /** Whether a change stream can send an event of more than 16 MB. */
    boolean splitsLargeEvents() {
        return !isBefore(6, 0, 9);
    }
}
