package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.capture.output.CrashPoint.Place;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.Watermark;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Capture of PostgreSQL over kills and restarts, compared with what a trigger noted. */
class PostgresFaultIT {
    private static final int KILLS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** Up to four chunks fit into one Kafka transaction. */
    private static final int CHUNK_KILOBYTES = 512;

    private static final int ROWS = 25_000;
    private static final int HEAP_ROWS = 12_000;
    private static final int HEAP_CHUNKS = 16;
    private static final int SOME_CHUNKS = 14;

    /** Long enough for a second try. */
    private static final Predicate<String> KAFKA_FOR_SECONDS =
            Pattern.compile("waits for Kafka, for ([5-9]|[0-9]{2,}) s now").asMatchPredicate();

    @TempDir
    private static Path directory;

    private static CaptureStack stack;

    private final long seed = System.nanoTime();

    @BeforeAll
    static void start() {
        stack = CaptureStack.start(directory, ServerKind.POSTGRES);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void everyChangeIsThereOnceInOrderOverKills() throws Exception {
        SourceConfig.Postgres source = stack.postgres("killed");
        PipelineConfig pipeline = stack.pipeline("killed", source);
        Random random = new Random(seed);
        try (Database database = stack.database("killed")) {
            Ledger.create(database.connection());
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
            }
            try (Load load = new Load(stack, "killed", seed)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    try (CaptureProcess process = CaptureProcess.start(pipeline, source, directory.resolve("log"))) {
                        long before = covered("killed");
                        Waiting.until(() -> covered("killed") > before);
                        load.goOn(Duration.ofMillis(random.nextInt(1_500)));
                        assertThat(process.isAlive()).isTrue();
                    }
                }
            }
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
                database.awaitCovered(stack.log("killed"));
                Map<Long, List<Ledger.Step>> audit = Ledger.audit(database.connection());
                Map<Long, List<Ledger.Step>> captured =
                        Ledger.captured(stack.log("killed").events("ledger"));
                assertThat(captured).as("seed %s", seed).isEqualTo(audit);
                assertEndOffsets(stack.log("killed"), "ledger", "audit");
            }
        }
    }

    @Test
    void theStreamFollowsTheSnapshotWithoutGapOrOverlapWhileAWriterWrites() throws Exception {
        SourceConfig.Postgres source = stack.postgres("busy");
        PipelineConfig pipeline = stack.pipeline("busy", source);
        try (Database database = stack.database("busy")) {
            Ledger.create(database.connection());
            try (Load load = new Load(stack, "busy", seed)) {
                Waiting.until(() -> count(database) > 2_000);
                try (Running capture = Running.start(pipeline, source)) {
                    capture.streaming();
                    long now = count(database);
                    Waiting.until(() -> count(database) > now + 2_000);
                    load.stop();
                    database.awaitCovered(stack.log("busy"));
                }
            }
            int followed = Ledger.compare(
                    Ledger.audit(database.connection()),
                    Ledger.captured(stack.log("busy").events("ledger")));
            assertThat(followed).as("seed %s", seed).isGreaterThan(1_500);
        }
    }

    /**
     * Rows of the missing chunks come from a later snapshot than those of the durable ones; changes count accordingly. A
     * table without a key has chunks of pages, which begin anew.
     */
    @Test
    void aSnapshotThatWasKilledGoesOnWithItsMissingChunks() throws Exception {
        SourceConfig.Postgres source = stack.postgres("chunks").read(new SourceConfig.Snapshot(2, CHUNK_KILOBYTES));
        PipelineConfig pipeline = stack.pipeline("chunks", source);
        KafkaLog log = stack.log("chunks");
        try (Database database = stack.database("chunks")) {
            Ledger.create(database.connection());
            database.run(
                    "INSERT INTO ledger SELECT n, n, repeat('a', 600) FROM generate_series(0, " + (ROWS - 1) + ") n",
                    "CREATE TABLE a_heap (v bigint, note text)",
                    "ALTER TABLE a_heap REPLICA IDENTITY FULL",
                    "INSERT INTO a_heap SELECT n, repeat('b', 600) FROM generate_series(1, " + HEAP_ROWS + ") n",
                    "ANALYZE");
            try (Load load = new Load(stack, "chunks", new Ledger(seed, ROWS))) {
                crash(pipeline, source, Crash.at(Place.SNAPSHOT_ROW_SENT, HEAP_CHUNKS - 6, 1));
                crash(pipeline, source, Crash.at(Place.SNAPSHOT_ROW_SENT, HEAP_CHUNKS + SOME_CHUNKS, 1));
                crash(pipeline, source, Crash.at(Place.SNAPSHOT_ROW_SENT, SOME_CHUNKS, 1));
                try (Running capture = Running.start(pipeline, source)) {
                    capture.streaming();
                    load.stop();
                    database.awaitCovered(log);
                }
            }
            List<DataChangeEvent> events = log.events("ledger");
            int followed = Ledger.compare(Ledger.audit(database.connection()), Ledger.captured(events));
            assertThat(followed).as("seed %s", seed).isPositive();
            assertThat(events.stream()
                            .filter(RowRead.class::isInstance)
                            .map(event -> event.order().commitPosition())
                            .distinct()
                            .count())
                    .as("moments of the snapshot")
                    .isGreaterThan(2);
            assertReadAnew(log.events("a_heap"));
        }
    }

    private static void crash(PipelineConfig pipeline, SourceConfig source, Crash crash) throws Exception {
        try (CaptureProcess process =
                CaptureProcess.start(pipeline, source, directory.resolve("log"), Optional.of(crash))) {
            assertThat(process.exitCode(LIMIT)).as("at %s", crash).hasValue(Crash.EXIT_CODE);
        }
    }

    /** What a killed reading left ends, and then all rows come, each once. */
    private static void assertReadAnew(List<DataChangeEvent> events) {
        CommitOrder ended = events.stream()
                .filter(CollectionTruncated.class::isInstance)
                .map(DataChangeEvent::order)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        assertThat(events).anyMatch(event -> event.order().compareTo(ended) < 0);
        assertThat(events.stream()
                        .filter(event -> event.order().compareTo(ended) > 0)
                        .map(event -> Ledger.row(event).get("v")))
                .hasSize(HEAP_ROWS)
                .doesNotHaveDuplicates();
    }

    @Test
    void anOutageOfTheSourceOrOfKafkaIsWaitedFor() throws Exception {
        SourceConfig.Postgres source = stack.postgres("outage");
        KafkaLog log = stack.log("outage");
        try (Database database = stack.database("outage")) {
            Ledger.create(database.connection());
        }
        try (Running first = Running.start(stack.pipeline("outage", source), source)) {
            first.streaming();
        }
        try (Running capture = Running.start(stack.impatient("outage", source), source)) {
            capture.streaming();
            stack.devstack().stop(ServerKind.POSTGRES);
            stack.devstack().start(ServerKind.POSTGRES);
            try (Database database = stack.database("outage")) {
                database.awaitCovered(log);
                try (Load load = new Load(stack, "outage", seed)) {
                    Waiting.until(() -> count(database) > 100);
                    stack.devstack().stop(ServerKind.KAFKA);
                    Waiting.often(
                            () -> capture.waiting().filter(KAFKA_FOR_SECONDS).isPresent());
                    assertThat(capture.becomesReadyWithin(Duration.ofMillis(200)))
                            .isFalse();
                    load.stop();
                }
                stack.devstack().start(ServerKind.KAFKA);
                capture.streaming();
                assertThat(capture.waiting()).isEmpty();
                database.awaitCovered(log);
                assertThat(Ledger.captured(log.events("ledger")))
                        .as("seed %s", seed)
                        .isEqualTo(Ledger.audit(database.connection()));
            }
            assertThat(capture.failure()).isEmpty();
        }
    }

    /** A watermark names the offset after the last change of each partition, also of those that were still since a kill. */
    private static void assertEndOffsets(KafkaLog log, String... tables) {
        Map<String, Long> ends = new HashMap<>();
        for (String table : tables) {
            log.changes(table)
                    .forEach(entry -> ends.merge(entry.partition().toString(), entry.offset() + 1, Math::max));
        }
        assertThat(log.watermark("pg").orElseThrow().endOffsets()).isEqualTo(ends);
    }

    @Test
    void aTableThatAppearsUnderLoadIsReadWithoutGapOrOverlap() throws Exception {
        SourceConfig.Postgres source = stack.postgres("appears");
        KafkaLog log = stack.log("appears");
        try (Database database = stack.database("appears");
                Running capture = Running.start(stack.pipeline("appears", source), source)) {
            capture.streaming();
            Ledger.create(database.connection());
            try (Load load = new Load(stack, "appears", seed)) {
                Waiting.until(() -> log.shapes().containsKey("ledger"));
                long now = count(database);
                Waiting.until(() -> count(database) > now + 2_000);
                load.stop();
                database.awaitCovered(log);
            }
            int followed = Ledger.compare(Ledger.audit(database.connection()), Ledger.captured(log.events("ledger")));
            assertThat(followed).as("seed %s", seed).isGreaterThan(1_500);
        }
    }

    private static long covered(String pipeline) {
        return stack.log(pipeline)
                .watermark("pg")
                .map(Watermark::commitPosition)
                .orElse(0L);
    }

    private static long count(Database database) throws SQLException {
        return Long.parseLong(database.single("SELECT count(*) FROM audit"));
    }
}
