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
        if (hello.getString("msg", new BsonString("")).getValue().equals("isdbgrid")) {
            throw MongoFailures.sharded(where);
        } else if (!hello.containsKey("setName")) {
            throw MongoFailures.notAReplicaSet(where);
        }
        if (ServerVersion.of(client).isBefore(MIN_VERSION, 0, 0)) {
            throw MongoFailures.tooOld(where);
        }
        client.getDatabase(database).listCollectionNames().first();
    }

    private BsonDocument command(String database, String name) {
        return client.getDatabase(database).runCommand(new BsonDocument(name, new BsonInt32(1)), BsonDocument.class);
    }
}
