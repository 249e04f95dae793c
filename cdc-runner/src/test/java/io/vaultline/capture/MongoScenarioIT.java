package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.config.SourceConfig.Engine;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.Watermark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Capture of MongoDB over faults, compared with what was written: {@link FaultRounds}, and kills with the connector. */
class MongoScenarioIT {
    private static final int KILLS = 3;
    private static final long SEED = 1163;
    private static final int FEW = 5;

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

    private static List<Document> documents(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(id -> new Document("_id", id))
                .toList();
    }

    private static long covered(KafkaLog log) {
        return log.watermark("mongo").map(Watermark::commitPosition).orElse(0L);
    }
}
