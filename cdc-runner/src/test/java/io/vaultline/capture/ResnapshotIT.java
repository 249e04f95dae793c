package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.vaultline.capture.resnapshot.ResnapshotAnswer;
import io.vaultline.capture.resnapshot.ResnapshotAnswer.Status;
import io.vaultline.capture.resnapshot.ResnapshotClient;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are read again on request. */
class ResnapshotIT {
    @TempDir
    private static Path directory;

    private static CaptureStack stack;
    private static MongoClient client;

    private final long seed = System.nanoTime();

    @BeforeAll
    static void start() {
        stack = CaptureStack.start(directory, ServerKind.POSTGRES, ServerKind.MONGODB);
        client = MongoClients.create(stack.devstack().endpoints().mongodb().uri());
    }

    @AfterAll
    static void stop() {
        client.close();
        stack.close();
    }

    private static ResnapshotAnswer ask(PipelineConfig pipeline, String table, Optional<String> where) {
        return ask(pipeline, new CollectionId("pg", "public", table), where);
    }

    private static ResnapshotAnswer ask(PipelineConfig pipeline, CollectionId table, Optional<String> where) {
        try (ResnapshotClient asked = ResnapshotClient.ask(pipeline, table, where)) {
            return answer(asked);
        }
    }

    private static ResnapshotAnswer answer(ResnapshotClient asked) {
        Waiting.until(
                () -> asked.answer().filter(answer -> answer.status().isFinal()).isPresent());
        return asked.answer().orElseThrow();
    }

    @Test
    void aTableIsReadAgainBetweenItsChangesOverAKill() throws Exception {
        SourceConfig.Postgres source = CaptureStack.inSmallChunks(stack.postgres("again"));
        PipelineConfig pipeline = stack.pipeline("again", source);
        KafkaLog log = stack.log("again");
        try (Database database = stack.database("again")) {
            Ledger.create(database.connection());
            database.run("INSERT INTO ledger SELECT n, n, 'a' FROM generate_series(0, 29999) n");
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
            }
            ResnapshotAnswer answer;
            try (Load load = new Load(stack, "again", new Ledger(seed, 30_000));
                    ResnapshotClient asked = ResnapshotClient.ask(
                            pipeline, new CollectionId("pg", "public", "ledger"), Optional.empty())) {
                killWhileItReads(pipeline, source, asked);
                try (Running capture = Running.start(pipeline, source)) {
                    answer = answer(asked);
                    assertThat(capture.failure()).isEmpty();
                    load.stop();
                    database.awaitCovered(log);
                }
            }
            assertThat(answer.status()).isEqualTo(Status.DONE);
            List<DataChangeEvent> events = log.events("ledger");
            assertThat(readAt(events, answer.position())).isEqualTo(answer.rows());
            assertEveryChangeIsThere(database, events);
            assertStateAt(answer.position(), events);
            assertFinalState(database, events);
        }
    }

    private static void killWhileItReads(PipelineConfig pipeline, SourceConfig source, ResnapshotClient asked)
            throws IOException {
        try (CaptureProcess process = CaptureProcess.start(pipeline, source, directory.resolve("log"))) {
            Waiting.until(() -> asked.answer().filter(now -> now.rows() > 0).isPresent());
            assertThat(process.isAlive()).isTrue();
        }
    }

    private static long readAt(List<DataChangeEvent> events, long position) {
        return events.stream()
                .filter(event -> event instanceof RowRead && event.order().commitPosition() == position)
                .count();
    }

    /** What is read again is beside the changes: these are all there, in order, as if nothing had been read. */
    private static void assertEveryChangeIsThere(Database database, List<DataChangeEvent> events) throws Exception {
        assertThat(Ledger.compare(Ledger.audit(database.connection()), Ledger.captured(withoutReadingAgain(events))))
                .isPositive();
        Ledger.captured(events.stream()
                .filter(event -> !(event instanceof CollectionTruncated))
                .toList());
    }

    private static List<DataChangeEvent> withoutReadingAgain(List<DataChangeEvent> events) {
        long first = events.stream()
                .filter(RowRead.class::isInstance)
                .mapToLong(event -> event.order().commitPosition())
                .min()
                .orElseThrow();
        return events.stream()
                .filter(event -> !(event instanceof CollectionTruncated))
                .filter(event -> !(event instanceof RowRead) || event.order().commitPosition() == first)
                .toList();
    }

    /** The rows that were read are those that the changes before them make. */
    private static void assertStateAt(long position, List<DataChangeEvent> events) {
        CommitOrder truncated = new CommitOrder(position, 0);
        assertThat(events)
                .anyMatch(event ->
                        event instanceof CollectionTruncated && event.order().equals(truncated));
        Map<Object, Object> before = new HashMap<>();
        Map<Object, Object> read = new HashMap<>();
        withoutReadingAgain(events).stream()
                .filter(event -> event.order().compareTo(truncated) < 0)
                .sorted(Comparator.comparing(DataChangeEvent::order))
                .forEach(event -> apply(before, event));
        events.stream()
                .filter(event -> event.order().commitPosition() == position)
                .sorted(Comparator.comparing(DataChangeEvent::order))
                .forEach(event -> apply(read, event));
        assertThat(read).isEqualTo(before);
    }

    private static void assertFinalState(Database database, List<DataChangeEvent> events) throws Exception {
        Map<Object, Object> state = new HashMap<>();
        events.stream().sorted(Comparator.comparing(DataChangeEvent::order)).forEach(event -> apply(state, event));
        assertThat((long) state.size()).isEqualTo(Long.parseLong(database.single("SELECT count(*) FROM ledger")));
    }

    private static void apply(Map<Object, Object> state, DataChangeEvent event) {
        if (event instanceof CollectionTruncated) {
            state.clear();
        } else if (event instanceof RowDeleted deleted) {
            state.remove(deleted.before().get("id"));
        } else {
            state.put(Ledger.row(event).get("id"), Ledger.row(event).get("v"));
        }
    }

    @Test
    void someRowsAreReadAgainAndWrongRequestsAreRefused() throws Exception {
        SourceConfig.Postgres source = stack.postgres("certain");
        PipelineConfig pipeline = stack.pipeline("certain", source);
        KafkaLog log = stack.log("certain");
        try (Database database = stack.database("certain")) {
            database.run(
                    "CREATE TABLE item (id int PRIMARY KEY, name text)",
                    "INSERT INTO item SELECT n, 'secret' || n FROM generate_series(1, 100) n",
                    "CREATE TABLE keyless (v int)",
                    "ALTER TABLE keyless REPLICA IDENTITY FULL");
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
                ResnapshotAnswer done = ask(pipeline, "item", Optional.of("id > 90 AND name LIKE 'secret%'"));
                assertThat(done.status()).isEqualTo(Status.DONE);
                assertThat(done.rows()).isEqualTo(10);
                assertThat(readAt(log.events("item"), done.position())).isEqualTo(10);
                assertThat(log.events("item")).noneMatch(CollectionTruncated.class::isInstance);

                assertRefused(ask(pipeline, "nowhere", Optional.empty()), "not captured");
                assertRefused(ask(pipeline, "item", Optional.of("nmae = 'x'")), "nmae");
                assertRefused(ask(pipeline, "item", Optional.of("true; DROP TABLE item")), "semicolon");
                assertRefused(ask(pipeline, "keyless", Optional.of("v = 1")), "no key");
                ResnapshotAnswer failed = ask(pipeline, "item", Optional.of("name::int = 1"));
                assertRefused(failed, "22P02");
                assertThat(failed.text()).doesNotContain("secret");

                assertThat(ask(pipeline, "keyless", Optional.empty()).rows()).isZero();
                database.run("INSERT INTO item VALUES (101, 'later')");
                database.awaitCovered(log);
                assertThat(log.events("item")).hasSize(111);
                assertThat(capture.failure()).isEmpty();
            }
        }
    }

    @Test
    void aCollectionIsReadAgainBetweenItsChangesOverAKill() throws Exception {
        SourceConfig.Mongo source = stack.mongo("again");
        PipelineConfig pipeline = stack.pipeline("again_mongo", source);
        KafkaLog log = stack.log("again_mongo");
        MongoCollection<Document> collection = client.getDatabase("again").getCollection("ledger");
        collection.insertMany(LongStream.range(DocumentLoad.KEYS, 60_000)
                .mapToObj(n -> new Document("_id", n).append("v", n))
                .toList());
        try (DocumentLoad load = new DocumentLoad(client, collection, seed)) {
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
            }
            ResnapshotAnswer answer;
            try (ResnapshotClient asked =
                    ResnapshotClient.ask(pipeline, new CollectionId("mongo", "again", "ledger"), Optional.empty())) {
                killWhileItReads(pipeline, source, asked);
                try (Running capture = Running.start(pipeline, source)) {
                    answer = answer(asked);
                    assertThat(capture.failure()).isEmpty();
                    load.stop();
                    stack.awaitCovered(client, log);
                }
            }
            assertThat(answer.status()).isEqualTo(Status.DONE);
            assertCollection(load, answer, log.events("ledger"));
        }
    }

    /** What was read again is what the changes before it make, so the same oracle holds with it as the first snapshot. */
    private static void assertCollection(DocumentLoad load, ResnapshotAnswer answer, List<DataChangeEvent> events) {
        DocumentLoad.captured(withoutTruncations(events));
        assertThat(load.compare(changed(withoutReadingAgain(events)))).isPositive();
        CommitOrder truncated = events.stream()
                .filter(CollectionTruncated.class::isInstance)
                .map(DataChangeEvent::order)
                .filter(order -> order.commitPosition() == answer.position())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        List<DataChangeEvent> behind = events.stream()
                .filter(event -> event.order().compareTo(truncated) > 0)
                .toList();
        long read = behind.stream().filter(RowRead.class::isInstance).count();
        assertThat(read).isEqualTo(answer.rows()).isGreaterThanOrEqualTo(60_000 - DocumentLoad.KEYS);
        load.compare(changed(behind));
        assertThat(behind.stream().map(event -> Ledger.row(event).get("_id")).distinct())
                .hasSizeGreaterThanOrEqualTo(60_000 - DocumentLoad.KEYS);
    }

    private static List<DataChangeEvent> withoutTruncations(List<DataChangeEvent> events) {
        return events.stream()
                .filter(event -> !(event instanceof CollectionTruncated))
                .toList();
    }

    private static List<DataChangeEvent> changed(List<DataChangeEvent> events) {
        return events.stream()
                .filter(event -> (Long) Objects.requireNonNull(Ledger.row(event).get("_id")) < DocumentLoad.KEYS)
                .toList();
    }

    @Test
    void someDocumentsAreReadAgainAndWrongRequestsAreRefused() {
        SourceConfig.Mongo source = stack.mongo("certain");
        PipelineConfig pipeline = stack.pipeline("certain_mongo", source);
        KafkaLog log = stack.log("certain_mongo");
        CollectionId item = new CollectionId("mongo", "certain", "item");
        MongoCollection<Document> items = client.getDatabase("certain").getCollection("item");
        items.insertMany(LongStream.rangeClosed(1, 100)
                .mapToObj(n -> new Document("_id", n).append("name", "secret" + n))
                .toList());
        try (Running capture = Running.start(pipeline, source)) {
            capture.streaming();
            ResnapshotAnswer done = ask(pipeline, item, Optional.of("{\"_id\": {\"$gt\": {\"$numberLong\": \"90\"}}}"));
            assertThat(done.status()).isEqualTo(Status.DONE);
            assertThat(done.rows()).isEqualTo(10);
            assertThat(log.events("item")).hasSize(110).noneMatch(CollectionTruncated.class::isInstance);

            CollectionId unknown = new CollectionId("mongo", "certain", "nowhere");
            try (ResnapshotClient nowhere = ResnapshotClient.ask(pipeline, unknown, Optional.empty());
                    ResnapshotClient text = ResnapshotClient.ask(pipeline, item, Optional.of("name = 'x'"));
                    ResnapshotClient operator =
                            ResnapshotClient.ask(pipeline, item, Optional.of("{\"_id\": {\"$gut\": 1}}"))) {
                assertRefused(answer(nowhere), "not captured");
                assertRefused(answer(text), "no JSON");
                assertRefused(answer(operator), "$gut");
            }
            ResnapshotAnswer failed = ask(pipeline, item, Optional.of("{\"$expr\": {\"$toInt\": \"$name\"}}"));
            assertRefused(failed, "ConversionFailure");
            assertThat(failed.text()).doesNotContain("secret");

            // Nothing changes meanwhile, so both are read as of about one time.
            assertThat(ask(pipeline, item, Optional.empty()).rows()).isEqualTo(100);
            assertThat(ask(pipeline, item, Optional.empty()).rows()).isEqualTo(100);
            items.updateOne(Filters.eq("_id", 7L), Updates.set("name", "later"));
            stack.awaitCovered(client, log);
            List<DataChangeEvent> events = log.events("item");
            assertThat(events)
                    .hasSize(313)
                    .filteredOn(CollectionTruncated.class::isInstance)
                    .hasSize(2);
            assertThat(withoutTruncations(events).stream()
                            .filter(event -> Objects.equals(Ledger.row(event).get("_id"), 8L))
                            .map(DataChangeEvent::order))
                    .hasSize(3)
                    .isSorted()
                    .doesNotHaveDuplicates();
            DataChangeEvent last = events.stream()
                    .max(Comparator.comparing(DataChangeEvent::order))
                    .orElseThrow();
            assertThat(Ledger.row(last).get("name")).isEqualTo("later");
            assertThat(capture.failure()).isEmpty();
        }
    }

    private static void assertRefused(ResnapshotAnswer answer, String word) {
        assertThat(answer.status()).isEqualTo(Status.REFUSED);
        assertThat(answer.text()).contains(word);
    }
}
