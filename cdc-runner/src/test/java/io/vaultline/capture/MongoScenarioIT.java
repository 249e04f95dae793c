package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import io.debezium.connector.mongodb.ResumeTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vaultline.capture.output.CaptureOutput;
import io.vaultline.capture.output.CrashPoint;
import io.vaultline.capture.output.Ownership;
import io.vaultline.capture.output.StreamPosition;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.config.SourceConfig.Engine;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.error.ErrorCode;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.Watermark;
import io.vaultline.kafka.KafkaClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Capture of MongoDB over faults, compared with what was written: {@link FaultRounds}, and kills with the connector. */
class MongoScenarioIT {
    private static final int KILLS = 3;
    private static final long SEED = 1163;
    private static final int FEW = 4;

    @TempDir
    private static Path directory;

    private static CaptureStack stack;
    private static MongoClient client;

    private final long seed = System.nanoTime();

    @BeforeAll
    static void start() {
        stack = CaptureStack.start(directory, ServerKind.MONGODB);
        client = MongoClients.create(stack.devstack().endpoints().mongodb().uri());
    }

    @AfterAll
    static void stop() {
        client.close();
        stack.close();
    }

    @Test
    void eachChangeIsThereOnceInOrderWhateverHappens() {
        new FaultRounds(stack, directory, MongoFaultBench::of).run(SEED, FEW);
    }

    @Test
    void everyChangeIsThereOnceInOrderOverKillsOfTheConnector() throws Exception {
        String name = "killed";
        SourceConfig.Mongo source = stack.mongo(name, Engine.DEBEZIUM);
        PipelineConfig pipeline = stack.pipeline(name, source);
        MongoCollection<Document> collection = client.getDatabase(name).getCollection("ledger");
        KafkaLog log = stack.log(name);
        Random random = new Random(seed);
        try (DocumentLoad load = new DocumentLoad(client, collection, seed)) {
            Waiting.until(() -> load.made() > 1_000);
            for (int kill = 0; kill < KILLS; kill++) {
                try (CaptureProcess process = CaptureProcess.start(pipeline, source, directory.resolve("log"))) {
                    if (kill > 0) {
                        long before = covered(log);
                        Waiting.until(() -> covered(log) > before);
                    }
                    load.goOn(Duration.ofMillis(500 + random.nextInt(1_500)));
                    assertThat(process.isAlive()).isTrue();
                }
            }
            load.stop();
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
                stack.awaitCovered(client, log);
            }
            assertThat(load.compare(log.events("ledger"))).as("seed %s", seed).isGreaterThan(1_000);
        }
    }

    /** Changes that wait beside it do not count. */
    @Test
    void aTransactionIsSplitOnlyBeyondTheConfiguredBound() throws Exception {
        SourceConfig.Mongo source = stack.mongo("bounded");
        PipelineConfig pipeline = stack.bounded("bounded", source, 1_000);
        MongoCollection<Document> collection = client.getDatabase("bounded").getCollection("item");
        collection.insertOne(new Document("_id", 0));
        try (Running capture = Running.start(pipeline, source)) {
            capture.streaming();
        }
        collection.insertMany(documents(1, 900));
        try (ClientSession session = client.startSession()) {
            session.withTransaction(() -> collection.insertMany(session, documents(1_001, 990)));
            session.withTransaction(() -> collection.insertMany(session, documents(2_001, 1_010)));
        }
        collection.insertOne(new Document("_id", 4_000));
        try (Running capture = Running.start(pipeline, source)) {
            capture.streaming();
            Waiting.until(() -> stack.log("bounded").events("item").size() == 1 + 900 + 990 + 1_010 + 1);
        }
        assertThat(CapturedOrder.split(stack.log("bounded").changes("item"))).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aStepDownOfThePrimaryIsSurvived(Engine engine) throws Exception {
        String name = "stepdown_" + engine;
        SourceConfig.Mongo source = stack.mongo(name, engine);
        MongoCollection<Document> collection = client.getDatabase(name).getCollection("ledger");
        KafkaLog log = stack.log(name);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (Running capture = Running.start(stack.pipeline(name, source), source, meters)) {
            capture.streaming();
            try (DocumentLoad load = new DocumentLoad(client, collection, seed)) {
                Waiting.until(() -> load.made() > 200);
                client.getDatabase("admin")
                        .runCommand(new Document("replSetStepDown", 2)
                                .append("secondaryCatchUpPeriodSecs", 0)
                                .append("force", true));
                long before = load.made();
                Waiting.until(() -> load.made() > before + 200);
                load.stop();
                capture.streaming();
                stack.awaitCovered(client, log);
                assertThat(load.compare(log.events("ledger")))
                        .as("seed %s", seed)
                        .isGreaterThan(400);
            }
            assertThat(capture.failure()).isEmpty();
            assertThat(meters.get("vaultline.oplog.window.hours").gauge().value())
                    .isGreaterThanOrEqualTo(
                            meters.get("vaultline.oplog.left.hours").gauge().value())
                    .isPositive();
            assertThat(meters.get("vaultline.oplog.used").gauge().value()).isBetween(0.0, 1.0);
        }
    }

    /** The position is set back to a moment of which the oplog has nothing, as after it has rolled over. */
    @Test
    void aPositionThatTheOplogHasNoLongerStopsTheCaptureAndRecaptureGoesOn() throws Exception {
        SourceConfig.Mongo source = stack.mongo("rolled", Engine.NATIVE);
        PipelineConfig pipeline = stack.pipeline("rolled", source);
        MongoCollection<Document> collection = client.getDatabase("rolled").getCollection("item");
        collection.insertOne(new Document("_id", 1));
        try (Running capture = Running.start(pipeline, source)) {
            capture.streaming();
        }
        setBack("rolled", tokenOfAnEvent(collection));
        try (Running capture = Running.start(pipeline, source)) {
            assertThat(capture.awaitFailure()).satisfies(failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_POSITION_LOST);
                assertThat(failure.remedy()).contains("recapture --config FILE --source NAME");
            });
        }
        collection.deleteOne(new Document("_id", 1));
        CaptureService.recapture(pipeline, source);
        try (Running capture = Running.start(pipeline, source)) {
            capture.streaming();
            collection.insertOne(new Document("_id", 3));
            stack.awaitCovered(client, stack.log("rolled"));
            assertThat(capture.failure()).isEmpty();
        }
        List<DataChangeEvent> events = stack.log("rolled").events("item").stream()
                .sorted(Comparator.comparing(DataChangeEvent::order))
                .dropWhile(event -> !(event instanceof CollectionTruncated))
                .toList();
        assertThat(events.stream().skip(1).map(event -> Ledger.row(event).get("_id")))
                .hasSize(2);
    }

    private static BsonDocument tokenOfAnEvent(MongoCollection<Document> collection) {
        try (MongoChangeStreamCursor<ChangeStreamDocument<Document>> events =
                collection.watch().cursor()) {
            collection.insertOne(new Document("_id", 2));
            return events.next().getResumeToken();
        }
    }

    /** A token is a byte and then eight hexadecimal digits of seconds; they become those of the year 2001. */
    private static void setBack(String pipeline, BsonDocument token) {
        String data = token.getString("_data").getValue();
        BsonDocument old =
                new BsonDocument("_data", new BsonString(data.substring(0, 2) + "3B000000" + data.substring(10)));
        try (CaptureOutput output =
                CaptureOutput.takeOver(new KafkaClients(stack.kafka()), pipeline, "mongo", 1, new Ownership())) {
            output.writer(output.readState(), (changes, newest) -> {}, CrashPoint.NONE)
                    .commitPart(new StreamPosition(
                            new CommitOrder(0x3B00_0000L << Integer.SIZE, 1),
                            Map.of("sec", 0x3B00_0000L, "ord", 1L, "resume_token", ResumeTokens.toBase64(old))));
        }
    }

    private static List<Document> documents(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(id -> new Document("_id", id))
                .toList();
    }

    private static long covered(KafkaLog log) {
        return log.watermark("mongo").map(Watermark::commitPosition).orElse(0L);
    }
}
