package io.vaultline.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.FullDocumentBeforeChange;
import io.vaultline.devstack.endpoint.MongoEndpoint;
import org.bson.Document;

/** What the pipeline does with MongoDB: change streams with the document before the change. */
public final class MongoUse {
    private MongoUse() {}

    public static void writes(MongoEndpoint endpoint) {
        try (MongoClient client = MongoClients.create(endpoint.uri())) {
            MongoDatabase app = client.getDatabase("app");
            app.runCommand(
                    new Document("create", "c").append("changeStreamPreAndPostImages", new Document("enabled", true)));
            try (MongoChangeStreamCursor<ChangeStreamDocument<Document>> changes = app.getCollection("c")
                    .watch()
                    .fullDocumentBeforeChange(FullDocumentBeforeChange.REQUIRED)
                    .cursor()) {
                app.getCollection("c").insertOne(new Document("_id", 1).append("n", 1));
                app.getCollection("c").updateOne(new Document("_id", 1), Updates.set("n", 2));
                changes.next();
                assertThat(changes.next().getFullDocumentBeforeChange())
                        .isEqualTo(new Document("_id", 1).append("n", 1));
            }
        }
    }

    public static void finds(MongoEndpoint endpoint) {
        try (MongoClient client = MongoClients.create(endpoint.uri())) {
            assertThat(client.getDatabase("app").getCollection("c").find())
                    .containsExactly(new Document("_id", 1).append("n", 2));
        }
    }
}
