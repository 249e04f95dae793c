package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoNamespace;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.vaultline.config.SourceConfig;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Our own reader of the change stream, and what only it sees. */
class MongoCaptureIT extends MongoCaptureContract {
    private static final int SIXTEEN_MEGABYTES = 16 << 20;

    MongoCaptureIT() {
        super(SourceConfig.Engine.NATIVE);
    }

    private List<DataChangeEvent> ordered(String collection) {
        return log().events(collection).stream()
                .sorted(Comparator.comparing(DataChangeEvent::order))
                .toList();
    }

    @Test
    void aCollectionThatIsDroppedEndsItsDocumentsAndItsNameStartsAnew() {
        database().getCollection("again").insertOne(new Document("_id", 1));
        database().getCollection("again").drop();
        database().getCollection("again").insertOne(new Document("_id", 2));
        database().getCollection("again").drop();
        database().getCollection("again").insertOne(new Document("_id", 3));
        Waiting.until(() -> log().events("again").size() >= 5);
        assertThat(ordered("again").stream().map(Object::getClass))
                .containsExactly(
                        RowCreated.class,
                        CollectionTruncated.class,
                        RowCreated.class,
                        CollectionTruncated.class,
                        RowCreated.class);
    }

    @Test
    void aRenamedCollectionEndsUnderItsOldNameAndReplacesWhatItsNewNameHeld() {
        database().getCollection("mover").insertOne(new Document("_id", 1));
        database().getCollection("target").insertOne(new Document("_id", 7));
        Waiting.until(() -> !log().events("target").isEmpty());
        database()
                .getCollection("mover")
                .renameCollection(
                        new MongoNamespace("kinds", "target"),
                        new com.mongodb.client.model.RenameCollectionOptions().dropTarget(true));
        database().getCollection("target").insertOne(new Document("_id", 2));
        Waiting.until(() -> states("target").equals(List.of(1L, 2L)));
        Waiting.until(() -> states("mover").isEmpty());
        assertThat(log().events("mover")).hasSize(2);
    }

    /** The ids that a collection has when all is applied in the order of the commits. */
    private List<Object> states(String collection) {
        Map<Object, Boolean> states = new HashMap<>();
        for (DataChangeEvent event : ordered(collection)) {
            if (event instanceof CollectionTruncated) {
                states.clear();
            } else if (event instanceof RowDeleted) {
                states.remove(Ledger.row(event).get("_id"));
            } else {
                states.put(Objects.requireNonNull(Ledger.row(event).get("_id")), true);
            }
        }
        return states.keySet().stream().sorted().toList();
    }

    /** Its first part alone fills a batch of the server's. The last collection is made by the transaction itself. */
    @Test
    void aTransactionOverSeveralCollectionsIsNeverSeenByHalf() {
        database().getCollection("left").insertOne(new Document("_id", 0));
        changes("left", 1);
        for (int round = 1; round <= 3; round++) {
            List<String> names = List.of("left", "right" + round);
            int before = changes("left").size();
            try (ClientSession session = client().startSession()) {
                session.withTransaction(() -> {
                    for (int n = 0; n < 900; n++) {
                        Document large = new Document("fill", "x".repeat(19_000));
                        database().getCollection(names.get(0)).insertOne(session, large);
                    }
                    for (int n = 0; n < 900; n++) {
                        database().getCollection(names.get(1)).insertOne(session, new Document("n", n));
                    }
                    return null;
                });
            }
            Waiting.often(() -> {
                int first = changes(names.get(0)).size() - before;
                int second = changes(names.get(1)).size();
                assertThat(first).as("what is seen without the rest").isLessThanOrEqualTo(second);
                return first == 900;
            });
        }
    }

    @Test
    void aDocumentNearSixteenMegabytesIsCapturedAlsoWhereItsEventIsTooLarge() {
        database()
                .runCommand(new Document("create", "large")
                        .append("changeStreamPreAndPostImages", new Document("enabled", true)));
        MongoCollection<Document> large = database().getCollection("large");
        large.insertOne(new Document("_id", 1).append("fill", "a".repeat(SIXTEEN_MEGABYTES - 1_000)));
        large.updateOne(Filters.eq("_id", 1), Updates.set("n", 1));
        large.updateOne(Filters.eq("_id", 1), Updates.set("fill", "b"));
        large.updateOne(Filters.eq("_id", 1), Updates.set("n", 2));
        List<DataChangeEvent> changes = changes("large", 4);
        assertThat(((RowUpdated) changes.get(3)).before()).isNotNull();
        assertThat(((RowUpdated) changes.get(3)).after().get("n")).isEqualTo(2L);
    }

    @Test
    void aFieldThatIsRemovedIsNullAndOneThatIsSetToNullSaysSo() {
        MongoCollection<Document> fields = database().getCollection("fields");
        fields.insertOne(new Document("_id", 1).append("a", 1).append("b", 2));
        changes("fields", 1);
        fields.updateOne(Filters.eq("_id", 1), Updates.unset("a"));
        changes("fields", 2);
        fields.updateOne(Filters.eq("_id", 1), Updates.set("b", null));
        List<DataChangeEvent> changes = changes("fields", 3);
        assertThat(Ledger.row(changes.get(1)).get("a")).isNull();
        assertThat(Ledger.row(changes.get(1)).get("_misfits")).isNull();
        assertThat(Ledger.row(changes.get(2)).get("_misfits")).isEqualTo("{\"b\": null}");
    }

    @Test
    void aDroppedDatabaseEndsAllDocumentsAndTheStreamGoesOn() throws Exception {
        String name = "shortlived";
        SourceConfig.Mongo source = stack().mongo(name);
        client().getDatabase(name).getCollection("a").insertOne(new Document("_id", 1));
        try (Running running = Running.start(stack().pipeline(name, source), source)) {
            running.streaming();
            KafkaLog own = stack().log(name);
            client().getDatabase(name).drop();
            client().getDatabase(name).getCollection("a").insertOne(new Document("_id", 2));
            Waiting.until(() -> own.events("a").size() == 3);
            assertThat(own.events("a")).filteredOn(RowRead.class::isInstance).hasSize(1);
            assertThat(own.events("a"))
                    .filteredOn(CollectionTruncated.class::isInstance)
                    .hasSize(1);
            assertThat(running.failure()).isEmpty();
        }
        try (Running running = Running.start(stack().pipeline(name, source), source)) {
            running.streaming();
            client().getDatabase(name).getCollection("a").insertOne(new Document("_id", 3));
            Waiting.until(() -> stack().log(name).events("a").size() == 4);
        }
    }
}
