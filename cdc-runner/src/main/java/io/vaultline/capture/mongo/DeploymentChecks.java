package io.vaultline.capture.mongo;

import com.mongodb.client.MongoClient;
import io.vaultline.check.Finding;
import io.vaultline.check.Findings;
import io.vaultline.config.SourceConfig;
import java.time.Instant;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** Checks what the servers are. */
final class DeploymentChecks {
    private static final int MIN_VERSION = 5;

    private final MongoClient client;
    private final SourceConfig.Mongo config;
    private final Findings findings;

    DeploymentChecks(MongoClient client, SourceConfig.Mongo config, Findings findings) {
        this.client = client;
        this.config = config;
        this.findings = findings;
    }

    /** Without these no capture starts; whether they are given. */
    boolean requirements() {
        BsonDocument hello = command(client, "hello");
        boolean sharded = hello.getString("msg", new BsonString("")).getValue().equals("isdbgrid");
        String where = MongoCapture.where(config, MongoCapture.parse(config));
        boolean fine = true;
        if (sharded) {
            findings.add(Finding.of(MongoFailures.sharded(where)));
            fine = false;
        } else if (!hello.containsKey("setName")) {
            findings.add(Finding.of(MongoFailures.notAReplicaSet(where)));
            fine = false;
        }
        if (ServerVersion.of(client).isBefore(MIN_VERSION, 0, 0)) {
            findings.add(Finding.of(MongoFailures.tooOld(where)));
            fine = false;
        }
        client.getDatabase(config.database()).listCollectionNames().first();
        return fine;
    }

    Instant clock() {
        return Instant.ofEpochMilli(
                command(client, "hello").getDateTime("localTime").getValue());
    }

    private static BsonDocument command(MongoClient client, String name) {
        return client.getDatabase("admin").runCommand(new BsonDocument(name, new BsonInt32(1)), BsonDocument.class);
    }
}
