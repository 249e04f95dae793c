package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.capture.KafkaLog.MarkedAt;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.config.SourceConfig.Engine;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.Watermark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions of PostgreSQL are whole to a reader of committed records, and the watermarks are true. */
class PostgresTransactionIT {
    @TempDir
    private static Path directory;

    private static CaptureStack stack;

    @BeforeAll
    static void start() {
        stack = CaptureStack.start(directory, ServerKind.POSTGRES);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aTransactionWithinTheBoundIsNeverSplitWhateverStandsBesideIt() throws Exception {
        SourceConfig.Postgres source = stack.postgres("whole");
        PipelineConfig pipeline = stack.pipeline("whole", source);
        KafkaLog log = stack.log("whole");
        try (Database database = stack.database("whole")) {
            database.run("CREATE TABLE item (id int PRIMARY KEY)");
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
            }
            database.run("INSERT INTO item SELECT generate_series(1, 49990)");
            for (int i = 0; i < 50; i++) {
                database.run("INSERT INTO item SELECT generate_series(" + (50_000 + i * 30) + ", " + (50_029 + i * 30)
                        + ")");
            }
            try (Running capture = Running.start(pipeline, source)) {
                database.awaitCovered(log);
                assertThat(capture.failure()).isEmpty();
            }
            List<KafkaLog.Entry> changes = log.changes("item");
            assertThat(changes).hasSize(49_990 + 1_500);
            assertThat(CapturedOrder.split(changes)).isEmpty();
        }
    }

    @Test
    void ofATransactionBeyondTheBoundTheWatermarkTellsWhenItIsWhole() throws Exception {
        SourceConfig.Postgres source = stack.postgres("large");
        KafkaLog log = stack.log("large");
        try (Database database = stack.database("large")) {
            database.run("CREATE TABLE item (id int PRIMARY KEY)");
            try (Running capture = Running.start(stack.pipeline("large", source), source)) {
                capture.streaming();
                for (int i = 0; i < 3; i++) {
                    int first = i * 200_000;
                    database.run("INSERT INTO item SELECT generate_series(" + first + ", " + (first + 119_999) + ")");
                    database.run("INSERT INTO item VALUES (" + (first + 120_000) + ")");
                }
                database.awaitCovered(log);
            }
            List<KafkaLog.Entry> changes = log.changes("item");
            assertThat(changes).hasSize(3 * 120_001);
            assertThat(CapturedOrder.split(changes)).hasSize(3);
            CapturedOrder.assertComplete(watermarks(log), changes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theBoundIsASetting(Engine engine) throws Exception {
        String name = "bound_" + engine.name().toLowerCase(Locale.ROOT);
        SourceConfig.Postgres source = stack.postgres(name, engine);
        PipelineConfig pipeline = stack.bounded(name, source, 1_000);
        KafkaLog log = stack.log(name);
        try (Database database = stack.database(name)) {
            database.run("CREATE TABLE item (id int PRIMARY KEY)");
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
            }
            database.run("INSERT INTO item SELECT generate_series(1, 990)");
            database.run("INSERT INTO item SELECT generate_series(1001, 1990)");
            database.run("INSERT INTO item SELECT generate_series(2001, 3010)");
            try (Running capture = Running.start(pipeline, source)) {
                database.awaitCovered(log);
                assertThat(capture.failure()).isEmpty();
            }
            List<KafkaLog.Entry> changes = log.changes("item");
            assertThat(changes).hasSize(990 + 990 + 1_010);
            assertThat(CapturedOrder.split(changes)).hasSize(1);
            CapturedOrder.assertComplete(watermarks(log), changes);
        }
    }

    @Test
    void anIdleSourceSaysSoAtMostOnceASecond() throws Exception {
        SourceConfig.Postgres source = stack.postgres("marks");
        KafkaLog log = stack.log("marks");
        try (Database database = stack.database("marks")) {
            database.run("CREATE TABLE item (id int PRIMARY KEY)");
            try (Running capture = Running.start(stack.pipeline("marks", source), source)) {
                capture.streaming();
                for (int i = 0; i < 60; i++) {
                    database.run("INSERT INTO item VALUES (" + i + ")", "SELECT pg_sleep(0.05)");
                }
                int busy = log.watermarks("pg").size();
                Waiting.until(() -> log.watermarks("pg").size() >= busy + 3);
            }
            List<MarkedAt> marks = log.watermarks("pg");
            for (int i = 1; i < marks.size(); i++) {
                assertThat(marks.get(i).millis() - marks.get(i - 1).millis())
                        .isGreaterThanOrEqualTo(Duration.ofMillis(990).toMillis());
                assertThat(marks.get(i).watermark().commitPosition())
                        .isGreaterThan(marks.get(i - 1).watermark().commitPosition());
            }
            CapturedOrder.assertComplete(watermarks(log), log.changes("item"));
        }
    }

    private static List<Watermark> watermarks(KafkaLog log) {
        return log.watermarks("pg").stream().map(MarkedAt::watermark).toList();
    }
}
