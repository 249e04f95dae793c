package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoNamespace;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.vaultline.config.SourceConfig;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.Column;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What changes of MongoDB look like in Kafka, all through one capture, whichever engine reads them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MongoCaptureContract {

    private final SourceConfig.Engine engine;
    private CaptureStack stack;
    private MongoClient client;
    private MongoDatabase database;
    private Running capture;
    private KafkaLog log;

    MongoCaptureContract(SourceConfig.Engine engine) {
        this.engine = engine;
    }

    @BeforeAll
    void start(@TempDir Path directory) {
        stack = CaptureStack.start(directory, ServerKind.MONGODB);
        client = MongoClients.create(stack.devstack().endpoints().mongodb().uri());
        database = client.getDatabase("kinds");
        database.getCollection("item")
                .insertMany(IntStream.range(0, 1000)
                        .mapToObj(n -> new Document("_id", n).append("name", "item " + n))
                        .toList());
        insertEvery(0);
        SourceConfig.Mongo source = stack.mongo("kinds", engine);
        capture = Running.start(stack.pipeline("kinds", source), source);
        capture.streaming();
        log = stack.log("kinds");
    }

    @AfterAll
    void stop() {
        capture.close();
        client.close();
        stack.close();
    }

    private void insertEvery(int firstId) {
        MongoCollection<BsonDocument> every = database.getCollection("every", BsonDocument.class);
        every.insertMany(MongoValues.documents(firstId));
    }

    MongoDatabase database() {
        return database;
    }

    MongoClient client() {
        return client;
    }

    CaptureStack stack() {
        return stack;
    }

    KafkaLog log() {
        return log;
    }

    /** Waits for that many changes, and gives them in their order. */
    List<DataChangeEvent> changes(String collection, int count) {
        Waiting.until(() -> changes(collection).size() >= count);
        assertThat(changes(collection)).hasSize(count);
        return changes(collection);
    }

    List<DataChangeEvent> changes(String collection) {
        return log.events(collection).stream()
                .filter(event -> !(event instanceof RowRead))
                .sorted(Comparator.comparing(DataChangeEvent::order))
                .toList();
    }

    @Test
    void whatACollectionHoldsIsReadAndThenEveryChangeFollows() {
        MongoCollection<Document> items = database.getCollection("item");
        items.insertOne(new Document("_id", 1000).append("price", 2.5));
        items.updateMany(Filters.lt("_id", 10), Updates.set("name", "changed"));
        items.deleteOne(Filters.eq("_id", 3));
        List<DataChangeEvent> changes = changes("item", 12);
        assertThat(log.events("item")).filteredOn(RowRead.class::isInstance).hasSize(1000);
        assertThat(changes).filteredOn(RowCreated.class::isInstance).hasSize(1);
        assertThat(changes).filteredOn(RowUpdated.class::isInstance).hasSize(10);
        RowDeleted deleted = (RowDeleted) changes.get(11);
        assertThat(deleted.before().get("_id")).isEqualTo(3L);
        assertThat(deleted.before().get("name")).isEqualTo(Unavailable.VALUE);
    }

    @Test
    void everyBsonTypeHasOneValueFromSnapshotAndStream() {
        insertEvery(1_000);
        changes("every", 5);
        Map<Object, Row> rows = log.events("every").stream()
                .map(Ledger::row)
                .collect(Collectors.toMap(row -> Objects.requireNonNull(row.get("_id")), Function.identity()));
        assertThat(rows).hasSize(10);
        for (long id = 0; id < 5; id++) {
            Row read = Objects.requireNonNull(rows.get(id));
            Row streamed = Objects.requireNonNull(rows.get(id + 1_000));
            for (Column column :
                    read.schema().columns().subList(1, read.schema().columns().size())) {
                assertThat(streamed.get(column.name()))
                        .as("%s of %s", column, id)
                        .isEqualTo(read.get(column.name()));
            }
        }
    }

    @Test
    void aFieldThatIsNewExtendsTheShapeAndAMisfitIsKeptBesideIt() {
        MongoCollection<Document> grown = database.getCollection("grown");
        grown.insertOne(new Document("_id", "a").append("n", 1));
        grown.insertOne(
                new Document("_id", "b").append("n", "one").append("m", null).append("extra", true));
        List<DataChangeEvent> changes = changes("grown", 2);
        Row row = Ledger.row(changes.get(1));
        assertThat(row.get("n")).isNull();
        assertThat(row.get("extra")).isEqualTo(true);
        assertThat(row.get("_misfits"))
                .isEqualTo("{\"n\": \"one\", \"m\": null, \"$order\": [\"_id\", \"n\", \"m\", \"extra\"]}");
        assertThat(row.schema().columns().get(row.schema().columns().size() - 1).name())
                .isEqualTo("_misfits");
        assertThat(log.shapes().get("grown")).isEqualTo(row.schema());
    }

    @Test
    void theChangesOfOneTransactionShareItsTimeAndHaveTheirPlaces() {
        MongoCollection<Document> accounts = database.getCollection("account");
        accounts.insertOne(new Document("_id", 0));
        try (ClientSession session = client.startSession()) {
            session.withTransaction(() -> {
                for (int i = 1; i <= 20; i++) {
                    accounts.insertOne(session, new Document("_id", i));
                }
                return null;
            });
        }
        List<DataChangeEvent> changes = changes("account", 21).subList(1, 21);
        assertThat(changes.stream()
                        .map(change -> change.order().commitPosition())
                        .distinct())
                .hasSize(1);
        assertThat(changes.stream().map(change -> change.order().ordinal()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 20).mapToObj(Long::valueOf).toList());
        assertThat(changes.stream().map(change -> change.header().transaction()).distinct())
                .hasSize(1)
                .doesNotContainNull();
    }

    @Test
    void aCollectionThatKeepsPreImagesBringsTheDocumentBefore() {
        database.runCommand(
                new Document("create", "kept").append("changeStreamPreAndPostImages", new Document("enabled", true)));
        MongoCollection<Document> kept = database.getCollection("kept");
        kept.insertOne(new Document("_id", 1).append("v", "old"));
        kept.updateOne(Filters.eq("_id", 1), Updates.set("v", "new"));
        kept.deleteOne(Filters.eq("_id", 1));
        List<DataChangeEvent> changes = changes("kept", 3);
        assertThat(Objects.requireNonNull(((RowUpdated) changes.get(1)).before())
                        .get("v"))
                .isEqualTo("old");
        assertThat(((RowDeleted) changes.get(2)).before().get("v")).isEqualTo("new");
    }

    @Test
    void aNewCollectionNeedsNoSnapshotAndARenamedOneGetsIts() {
        MongoCollection<Document> hidden = client.getDatabase("elsewhere").getCollection("hidden");
        hidden.insertMany(List.of(new Document("_id", 1), new Document("_id", 2)));
        database.getCollection("fresh").insertOne(new Document("_id", 1));
        assertThat(changes("fresh", 1)).allMatch(RowCreated.class::isInstance);
        database.getCollection("fresh").renameCollection(new MongoNamespace("kinds", "renamed"));
        Waiting.until(() -> !log.events("renamed").isEmpty());
        database.getCollection("renamed").insertOne(new Document("_id", 2));
        Waiting.until(() -> log.events("renamed").size() == 2);
        assertThat(log.events("renamed")).filteredOn(RowRead.class::isInstance).hasSize(1);
        assertThat(log.shapes()).doesNotContainKey("hidden");
    }

    @Test
    void aDocumentThatIsGoneAtTheLookUpIsUnavailableButForItsKey() {
        MongoCollection<Document> gone = database.getCollection("gone");
        gone.insertOne(new Document("_id", 1).append("v", 0));
        for (int i = 0; i < 50; i++) {
            gone.updateOne(Filters.eq("_id", 1), Updates.inc("v", 1));
        }
        gone.deleteOne(Filters.eq("_id", 1));
        List<DataChangeEvent> updates = changes("gone", 52).subList(1, 51);
        assertThat(updates).allSatisfy(update -> {
            Object value = ((RowUpdated) update).after().get("v");
            assertThat(value == Unavailable.VALUE || value instanceof Long).isTrue();
            assertThat(((RowUpdated) update).after().get("_id")).isEqualTo(1L);
        });
    }

    @Test
    void theWatermarkOfAnIdleDatabaseReachesItsLastChange() {
        database.getCollection("idle").insertOne(new Document("_id", 1));
        long last = changes("idle", 1).get(0).order().commitPosition();
        Waiting.until(() -> log.watermark("mongo")
                .filter(mark -> mark.commitPosition() >= last)
                .isPresent());
        assertThat(changes("idle").get(0).schema().columns().get(0).type()).isEqualTo(DataType.Simple.INT64);
    }
}
