package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.vaultline.capture.postgres.PostgresState;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.config.SourceConfig.Engine;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.error.ErrorCode;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.letter.DeadLetter;
import io.vaultline.letter.LetterAnswer;
import io.vaultline.letter.LetterClient;
import io.vaultline.letter.LetterRequest.Action;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.MinKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change that can't be encoded stops its row and nothing else. */
class DeadLetterIT {
    private static final String TABLE = "CREATE TABLE item (id int PRIMARY KEY, amount numeric(10, 2), note text)";

    @TempDir
    private static Path directory;

    private static CaptureStack stack;

    @BeforeAll
    static void start() {
        stack = CaptureStack.start(directory, ServerKind.POSTGRES, ServerKind.MONGODB);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    private static LetterAnswer ask(PipelineConfig pipeline, Action action, Optional<String> letter) {
        String source = pipeline.sources().get(0).name();
        try (LetterClient.Asked asked = new LetterClient(pipeline).ask(source, action, letter)) {
            Waiting.often(() -> asked.answer().isPresent());
            return asked.answer().orElseThrow();
        }
    }

    /** The notes of a row's changes, in the order of the topic. */
    private static List<@Nullable Object> notes(KafkaLog log, int id) {
        return notes(log, "id", id);
    }

    private static List<@Nullable Object> notes(KafkaLog log, String key, int id) {
        return log.events("item").stream()
                .map(Ledger::row)
                .filter(row -> Integer.toString(id).equals(String.valueOf(row.get(key))))
                .<@Nullable Object>map(row -> row.get("note"))
                .toList();
    }

    @Test
    void aRefusedChangeAndThoseBehindItWaitOverAKillAndAreDeliveredOnceInOrder() throws Exception {
        SourceConfig.Postgres source = stack.postgres("poison", Engine.NATIVE);
        PipelineConfig pipeline = stack.pipeline("poison", source);
        LetterClient letters = new LetterClient(pipeline);
        KafkaLog log = stack.log("poison");
        try (Database database = stack.database("poison")) {
            database.run(TABLE, "INSERT INTO item VALUES (1, 1, 'read')");
            try (CaptureProcess capture = CaptureProcess.start(pipeline, source, directory.resolve("log"))) {
                Waiting.until(() -> log.watermark("pg").isPresent());
                database.run(
                        "INSERT INTO item VALUES (2, 'NaN', 'a'), (3, 3, 'a')",
                        "UPDATE item SET note = 'b'",
                        "UPDATE item SET amount = 5, note = 'c' WHERE id = 2");
                database.awaitCovered(log);
                assertThat(capture.isAlive()).isTrue();
            }
            assertThat(notes(log, 1)).containsExactly("read", "b");
            assertThat(notes(log, 2)).isEmpty();
            assertThat(notes(log, 3)).containsExactly("a", "b");
            assertThat(letters.list()).extracting(DeadLetter::isRefused).containsExactly(true, true, false);
            assertThat(letters.list())
                    .extracting(DeadLetter::row)
                    .containsOnly(letters.list().get(0).row());

            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
                database.run("UPDATE item SET note = 'd'");
                database.awaitCovered(log);
                assertThat(notes(log, 2)).isEmpty();
                LetterAnswer still = ask(pipeline, Action.REPLAY, Optional.empty());
                assertThat(still.delivered()).isZero();
                assertThat(still.waiting()).isEqualTo(4);
                assertThat(capture.gauge(CaptureService.WAITING)).isEqualTo(4);
                assertThat(still.text()).contains("public.item.amount");
            }
            SourceConfig.Postgres repaired =
                    stack.postgres("poison", List.of("public.item.amount")).by(Engine.NATIVE);
            try (Running capture = Running.start(stack.pipeline("poison", repaired), repaired)) {
                capture.streaming();
                assertThat(ask(pipeline, Action.REPLAY, Optional.empty())).isEqualTo(new LetterAnswer(true, 4, 0, ""));
                database.run("UPDATE item SET note = 'e'");
                database.awaitCovered(log);
                assertThat(notes(log, 1)).containsExactly("read", "b", "d", "e");
                assertThat(notes(log, 2)).containsExactly("a", "b", "c", "d", "e");
                assertThat(letters.list()).isEmpty();
                assertThat(capture.gauge(CaptureService.WAITING)).isZero();
                assertThat(capture.failure()).isEmpty();
            }
        }
        assertThat(log.events("item").stream()
                        .filter(event ->
                                Integer.valueOf(2).equals(Ledger.row(event).get("id"))))
                .isSortedAccordingTo(Comparator.comparing(DataChangeEvent::order));
    }

    @Test
    void aLetterThatIsDroppedLeavesTheRestInOrderAlsoAfterTheLimitEndedTheCapture() throws Exception {
        SourceConfig.Postgres source = stack.postgres("dropped", Engine.DEBEZIUM);
        PipelineConfig pipeline = limited(stack.pipeline("dropped", source), 3);
        LetterClient letters = new LetterClient(pipeline);
        KafkaLog log = stack.log("dropped");
        try (Database database = stack.database("dropped")) {
            database.run(TABLE, "INSERT INTO item VALUES (1, 1, 'read'), (2, 'NaN', 'bad')");
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
                assertThat(letters.list()).hasSize(1);
                assertThat(comparedAmounts(source, log)).containsExactlyInAnyOrder(new BigDecimal("1.00"), "NaN");
                database.run(
                        "UPDATE item SET amount = 1, note = 'b'",
                        "UPDATE item SET note = 'c'",
                        "INSERT INTO item VALUES (3, 'NaN', 'one too many')");
                assertThat(capture.awaitFailure()).satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.DEAD_LETTERS_FULL);
                    assertThat(failure.what()).contains("3", "public.item.amount");
                });
            }
            List<DeadLetter> waiting = letters.list();
            assertThat(waiting.get(0).isRefused()).isTrue();
            String poison = waiting.get(0).id();
            try (LetterClient.Asked asked = letters.ask("pg", Action.DROP, Optional.of(poison));
                    Running capture = Running.start(pipeline, source)) {
                Waiting.until(() -> asked.answer().isPresent());
                assertThat(asked.answer().orElseThrow().done()).isTrue();
                database.awaitCovered(log);
                ask(pipeline, Action.REPLAY, Optional.empty());
                assertThat(notes(log, 1)).containsExactly("read", "b", "c");
                assertThat(notes(log, 2)).containsExactly("b", "c");
                assertThat(log.events("item").stream().filter(RowRead.class::isInstance))
                        .hasSize(1);
                assertThat(letters.list())
                        .singleElement()
                        .satisfies(left -> assertThat(left.isRefused()).isTrue());
                database.run("UPDATE item SET note = 'd' WHERE id = 3");
                database.run("DELETE FROM item WHERE id = 3");
                database.awaitCovered(log);
                assertThat(ask(pipeline, Action.DROP, Optional.of(poison)).text())
                        .contains("No change");
                String behind = letters.list().get(2).id();
                assertThat(ask(pipeline, Action.DROP, Optional.of(behind)).text())
                        .contains("not refused");
                assertThat(capture.failure()).isEmpty();
            }
        }
    }

    @Test
    void aDocumentThatIsTooLargeForKafkaStopsItsRowAndIsDeliveredWithoutTheField() throws Exception {
        SourceConfig.Mongo source = stack.mongo("large", Engine.NATIVE);
        PipelineConfig pipeline = stack.pipeline("large", source);
        LetterClient letters = new LetterClient(pipeline);
        KafkaLog log = stack.log("large");
        try (MongoClient client = MongoClients.create(source.uri().reveal())) {
            MongoCollection<Document> items = client.getDatabase("large").getCollection("item");
            items.insertMany(List.of(
                    new Document("_id", 1).append("note", "read"),
                    new Document("_id", 2).append("note", "read").append("huge", huge())));
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
                items.updateOne(Filters.eq("_id", 2), Updates.set("note", "b"));
                stack.awaitCovered(client, log);
                items.replaceOne(Filters.eq("_id", 2), new Document("note", "c"));
                items.updateOne(Filters.eq("_id", 1), Updates.set("note", "b"));
                stack.awaitCovered(client, log);
                assertThat(capture.failure()).isEmpty();
            }
            assertThat(notes(log, "_id", 1)).containsExactly("read", "b");
            assertThat(notes(log, "_id", 2)).isEmpty();
            assertThat(letters.list()).extracting(DeadLetter::isRefused).containsExactly(true, true, false);
            assertThat(letters.list().get(0).reason().orElseThrow().where()).isEqualTo("column mongo.large.item.huge");

            SourceConfig.Mongo repaired = new SourceConfig.Mongo(
                    "mongo",
                    source.uri(),
                    "large",
                    List.of(),
                    List.of(),
                    List.of("large.item.huge"),
                    CaptureProcess.HEARTBEAT);
            try (Running capture = Running.start(stack.pipeline("large", repaired), repaired)) {
                capture.streaming();
                assertThat(ask(pipeline, Action.REPLAY, Optional.empty())).isEqualTo(new LetterAnswer(true, 3, 0, ""));
                assertThat(notes(log, "_id", 2)).containsExactly("read", "b", "c");
                assertThat(letters.list()).isEmpty();
                assertThat(capture.failure()).isEmpty();
            }
        }
    }

    /** Nine megabytes for MongoDB; as JSON it is five times as large. */
    private static List<Document> huge() {
        Document shortNames = new Document();
        for (char name = 'a'; name <= 'z'; name++) {
            shortNames.append(String.valueOf(name), new MinKey());
        }
        return Collections.nCopies(100_000, shortNames);
    }

    /** What a verification takes for the source's values. */
    private static List<@Nullable Object> comparedAmounts(SourceConfig.Postgres source, KafkaLog log) {
        List<@Nullable Object> amounts = new ArrayList<>();
        try (PostgresState state = PostgresState.open(source)) {
            state.read(log.events("item").get(0).schema(), row -> amounts.add(row.get("amount")));
        }
        return amounts;
    }

    private static PipelineConfig limited(PipelineConfig pipeline, int most) {
        return new PipelineConfig(
                pipeline.pipeline(),
                pipeline.sources(),
                pipeline.kafka(),
                pipeline.clickhouse(),
                pipeline.lake(),
                most,
                pipeline.vaultModel(),
                pipeline.httpHost(),
                pipeline.httpPort());
    }
}
