package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoCommandException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.vaultline.capture.mongo.MongoCapture;
import io.vaultline.capture.mongo.MongoState;
import io.vaultline.capture.output.CaptureOutput;
import io.vaultline.capture.output.CaptureState;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.CrashPoint;
import io.vaultline.capture.output.CrashPoint.Place;
import io.vaultline.capture.output.Ownership;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.Row;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.service.SnapshotProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collection that is read by ranges, over a kill and over the end of the server's snapshot history. */
class MongoSnapshotIT {
    private static final int DOCUMENTS = 150_000;
    private static final int SNAPSHOT_TOO_OLD = 239;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    private static Path directory;

    private static CaptureStack stack;
    private static MongoClient client;

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

    /** Ids of several types, so that ranges begin and end in each of them. */
    private static Object id(int n) {
        return switch (n % 4) {
            case 0 -> n;
            case 1 -> "text " + n;
            case 2 -> new ObjectId(String.format("%024x", n));
            default -> new Document("n", n);
        };
    }

    private static MongoCollection<Document> filled(String database) {
        MongoCollection<Document> collection = client.getDatabase(database).getCollection("mixed");
        List<Document> documents = new ArrayList<>();
        for (int n = 0; n < DOCUMENTS; n++) {
            documents.add(new Document("_id", id(n)).append("v", n));
            if (documents.size() == 10_000) {
                collection.insertMany(documents);
                documents.clear();
            }
        }
        return collection;
    }

    /** Changes all over the ids. */
    private static void change(MongoCollection<Document> collection) {
        for (int n = 0; n < DOCUMENTS; n += 500) {
            collection.updateOne(Filters.eq("_id", id(n)), Updates.set("v", -n));
            collection.deleteOne(Filters.eq("_id", id(n + 1)));
            collection.insertOne(new Document("_id", id(DOCUMENTS + n)).append("v", n));
            collection.updateOne(Filters.eq("_id", id(n + 2)), Updates.inc("v", 1));
        }
    }

    @Test
    void aKilledSnapshotGoesOnWithTheRangesThatAreMissing() throws Exception {
        SourceConfig.Mongo source = stack.mongo("resumed");
        PipelineConfig pipeline = stack.pipeline("resumed", source);
        MongoCollection<Document> collection = filled("resumed");
        KafkaLog log = stack.log("resumed");
        Crash inTheMiddle = Crash.at(Place.SNAPSHOT_ROW_SENT, DOCUMENTS / 2, 1);
        try (CaptureProcess process =
                CaptureProcess.start(pipeline, source, directory.resolve("log"), Optional.of(inTheMiddle))) {
            assertThat(process.exitCode(LIMIT)).hasValue(Crash.EXIT_CODE);
        }
        assertThat(log.events("mixed").size()).isBetween(1, DOCUMENTS - 1);
        change(collection);
        try (Running capture = Running.start(pipeline, source)) {
            capture.streaming();
            updateEach(collection);
            stack.awaitCovered(client, log);
        }
        assertThat(assertComplete(source, log)).hasSize(2);
    }

    private static void updateEach(MongoCollection<Document> collection) {
        for (int n = 3; n < DOCUMENTS; n += 500) {
            collection.updateOne(Filters.eq("_id", id(n)), Updates.set("v", -n));
        }
    }

    @Test
    @SuppressWarnings("try") // closed before the end, to see it end
    void aSnapshotThatOutlastsTheServersHistoryGoesOnAtANewTime() throws Exception {
        SourceConfig.Mongo source = stack.mongo("outlasting");
        MongoCollection<Document> collection = filled("outlasting");
        KafkaLog log = stack.log("outlasting");
        AtomicBoolean first = new AtomicBoolean(true);
        CountDownLatch streaming = new CountDownLatch(1);
        try (CaptureOutput output = CaptureOutput.takeOver(
                        new KafkaClients(stack.kafka()), "outlasting", "mongo", 1, new Ownership());
                MongoCapture capture = new MongoCapture(source, new SnapshotProgress("capture-mongo"))) {
            CaptureState state = output.readState();
            ChangeWriter writer = output.writer(
                    state,
                    (changes, micros) -> {
                        if (first.getAndSet(false)) {
                            endHistory(collection, log);
                        }
                    },
                    CrashPoint.NONE);
            CompletableFuture<Void> run =
                    CompletableFuture.runAsync(() -> capture.run(output, state, writer, streaming::countDown));
            assertThat(streaming.await(120, TimeUnit.SECONDS)).isTrue();
            stack.awaitCovered(client, log);
            capture.close();
            run.get(20, TimeUnit.SECONDS);
        } finally {
            historyWindow(300);
        }
        assertThat(assertComplete(source, log)).hasSizeGreaterThan(1);
    }

    /** Returns when what was read so far can't be read again as of its time. */
    private static void endHistory(MongoCollection<Document> collection, KafkaLog log) {
        Waiting.until(() -> !log.events("mixed").isEmpty()); // readers see a commit a moment after its writer
        long time = log.events("mixed").get(0).order().commitPosition();
        historyWindow(0);
        change(collection);
        Waiting.until(() -> {
            client.getDatabase("noise").getCollection("noise").insertOne(new Document());
            return isGone(collection, time);
        });
    }

    private static boolean isGone(MongoCollection<Document> collection, long time) {
        try (ClientSession session = client.startSession(
                ClientSessionOptions.builder().snapshot(true).build())) {
            session.setSnapshotTimestamp(new BsonTimestamp(time));
            collection.find(session).first();
            return false;
        } catch (MongoCommandException e) {
            assertThat(e.getErrorCode()).isEqualTo(SNAPSHOT_TOO_OLD);
            return true;
        }
    }

    private static void historyWindow(int seconds) {
        client.getDatabase("admin")
                .runCommand(new Document("setParameter", 1).append("minSnapshotHistoryWindowInSeconds", seconds));
    }

    /**
     * Fails unless the topic has each document's changes once and in order, and ends with what the source has.
     *
     * @return the times as of which documents were read
     */
    private static Set<Long> assertComplete(SourceConfig.Mongo source, KafkaLog log) {
        Map<Object, DataChangeEvent> last = new HashMap<>();
        Set<Long> times = new HashSet<>();
        for (DataChangeEvent event : log.events("mixed")) {
            DataChangeEvent before =
                    last.put(Objects.requireNonNull(Ledger.row(event).get("_id")), event);
            if (before != null) {
                assertThat(event.order()).isGreaterThan(before.order());
                assertThat(event).isNotInstanceOf(RowRead.class);
            }
            if (event instanceof RowRead) {
                times.add(event.order().commitPosition());
            }
        }
        Map<Object, Row> captured = new HashMap<>();
        last.forEach((id, event) -> {
            if (!(event instanceof RowDeleted)) {
                captured.put(id, Ledger.row(event));
            }
        });
        Map<Object, Row> held = new HashMap<>();
        try (MongoState state = MongoState.open(source)) {
            state.read(
                    Objects.requireNonNull(log.shapes().get("mixed")),
                    row -> held.put(Objects.requireNonNull(row.get("_id")), row));
        }
        assertThat(held).hasSizeGreaterThan(DOCUMENTS - 1_000);
        assertThat(captured.keySet()).isEqualTo(held.keySet());
        held.forEach(
                (id, row) -> assertThat(Objects.requireNonNull(captured.get(id)).get("v"))
                        .as("%s", id)
                        .isEqualTo(row.get("v")));
        return times;
    }
}
