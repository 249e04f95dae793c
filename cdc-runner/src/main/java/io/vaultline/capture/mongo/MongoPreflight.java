package io.vaultline.capture.mongo;

import com.mongodb.client.MongoClient;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** Checks what a MongoDB deployment must be before anything is started against it. */
final class MongoPreflight {
    private static final int MIN_VERSION = 5;

    private final MongoClient client;
    private final String where;

    MongoPreflight(MongoClient client, String where) {
        this.client = client;
        this.where = where;
    }

    void check(String database) {
        BsonDocument hello = command("admin", "hello");
        boolean sharded = hello.getString("msg", new BsonString("")).getValue().equals("isdbgrid");
        if (!hello.containsKey("setName") && !sharded) {
            throw MongoFailures.notAReplicaSet(where);
        }
        if (majorVersion() < MIN_VERSION) {
            throw MongoFailures.tooOld(where);
        }
        client.getDatabase(database).listCollectionNames().first();
    }

    /** The server's major version, such as 6. */
    int majorVersion() {
        String version = command("admin", "buildInfo").getString("version").getValue();
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    private BsonDocument command(String database, String name) {
        return client.getDatabase(database).runCommand(new BsonDocument(name, new BsonInt32(1)), BsonDocument.class);
    }
}
