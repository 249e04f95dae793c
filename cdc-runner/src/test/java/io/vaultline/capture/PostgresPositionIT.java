package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vaultline.capture.output.CaptureOutput;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.CrashPoint;
import io.vaultline.capture.output.Ownership;
import io.vaultline.capture.output.StreamPosition;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.config.SourceConfig.LogLimits;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.error.ErrorClass;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.kafka.KafkaClients;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.replication.LogSequenceNumber;

/** What becomes of the position of a capture of PostgreSQL when others meddle with slot, publication and locks. */
class PostgresPositionIT {
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
    void aTableThatLeavesThePublicationIsPutBackAndReadAgain() throws Exception {
        SourceConfig.Postgres source = stack.postgres("taken");
        KafkaLog log = stack.log("taken");
        try (Database database = twoTables("taken");
                Running capture = Running.start(stack.pipeline("taken", source), source)) {
            capture.streaming();
            database.run(
                    "ALTER PUBLICATION publication_taken DROP TABLE item",
                    "UPDATE item SET v = 2 WHERE id = 1",
                    "DELETE FROM item WHERE id = 2",
                    "INSERT INTO item VALUES (3, 3)");
            Waiting.until(() -> state(log, "item").equals(Set.of("1=2", "3=3")));
            database.run("INSERT INTO item VALUES (4, 4)", "INSERT INTO other VALUES (5, 5)");
            database.awaitCovered(log);
            assertThat(state(log, "item")).isEqualTo(Set.of("1=2", "3=3", "4=4"));
            assertThat(log.events("other")).hasSize(3).noneMatch(CollectionTruncated.class::isInstance);
            assertThat(capture.failure()).isEmpty();
        }
    }

    @Test
    void aTableThatLeftThePublicationAndCameBackWhileNobodyLookedIsReadAgain() throws Exception {
        SourceConfig.Postgres source = stack.postgres("back");
        PipelineConfig pipeline = stack.pipeline("back", source);
        try (Database database = twoTables("back")) {
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
            }
            database.run(
                    "ALTER PUBLICATION publication_back DROP TABLE item",
                    "UPDATE item SET v = 2 WHERE id = 1",
                    "ALTER PUBLICATION publication_back ADD TABLE item");
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
                database.awaitCovered(stack.log("back"));
            }
            assertThat(state(stack.log("back"), "item")).isEqualTo(Set.of("1=2", "2=1"));
        }
    }

    /** Servers before PostgreSQL 18 refuse to go on; newer ones leave changes out, and their tables are read again. */
    @Test
    void aDroppedPublicationLosesNoStateAndRecaptureGoesOn() throws Exception {
        SourceConfig.Postgres source = stack.postgres("dropped");
        PipelineConfig pipeline = stack.pipeline("dropped", source);
        KafkaLog log = stack.log("dropped");
        try (Database database = twoTables("dropped")) {
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
                database.run("DROP PUBLICATION publication_dropped", "UPDATE item SET v = 2 WHERE id = 1");
                Waiting.until(() ->
                        capture.failure().isPresent() || state(log, "item").contains("1=2"));
                capture.failure()
                        .ifPresent(failure ->
                                assertThat(failure.code().errorClass()).isEqualTo(ErrorClass.SOURCE));
            }
            assertRecaptured(pipeline, source, database, log);
        }
    }

    /** Loses the position of what is captured, and finds the state right after a recapture. */
    private static void assertRecaptured(PipelineConfig pipeline, SourceConfig source, Database database, KafkaLog log)
            throws Exception {
        database.run("DELETE FROM item WHERE id = 2", "INSERT INTO item VALUES (3, 3)");
        CaptureService.recapture(pipeline, source);
        database.run("INSERT INTO item VALUES (4, 4)");
        try (Running capture = Running.start(pipeline, source)) {
            capture.streaming();
            database.run("INSERT INTO item VALUES (5, 5)");
            database.awaitCovered(log);
            assertThat(state(log, "item")).contains("3=3", "4=4", "5=5").noneMatch(row -> row.startsWith("2="));
            assertThat(state(log, "item"))
                    .hasSize(database.single("SELECT count(*) FROM item").transform(Integer::valueOf));
            assertThat(capture.failure()).isEmpty();
        }
    }

    @Test
    void aRowFilterInThePublicationIsRefused() throws Exception {
        SourceConfig.Postgres source = stack.postgres("filtered");
        try (Database database = twoTables("filtered");
                Running capture = Running.start(stack.pipeline("filtered", source), source)) {
            capture.streaming();
            database.run("ALTER PUBLICATION publication_filtered SET TABLE item WHERE (id > 1), other");
            assertThat(capture.awaitFailure()).satisfies(failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_NOT_CAPTURABLE);
                assertThat(failure.remedy())
                        .contains("ALTER PUBLICATION \"publication_filtered\" DROP TABLE public.item");
            });
        }
    }

    @Test
    void aForgottenLockOnANewTableDoesNotHoldTheOthersBack() throws Exception {
        SourceConfig.Postgres source = stack.postgres("locked");
        KafkaLog log = stack.log("locked");
        try (Database database = twoTables("locked");
                Connection forgotten = stack.connect("locked");
                Running capture = Running.start(stack.pipeline("locked", source), source)) {
            capture.streaming();
            lockNewTable(forgotten);
            database.run("INSERT INTO other VALUES (5, 5)");
            Waiting.until(() -> state(log, "other").size() == 3);
            for (int i = 10; i < 12; i++) {
                database.run("INSERT INTO other VALUES (" + i + ", 1)");
                database.awaitCovered(log);
            }
            assertThat(log.shapes()).doesNotContainKey("late");
            forgotten.rollback();
            Waiting.until(() -> log.shapes().containsKey("late"));
            assertThat(capture.failure()).isEmpty();
        }
    }

    /** A table that exists for all, and a transaction that has not ended and holds a lock on it. */
    private static void lockNewTable(Connection forgotten) throws Exception {
        try (Statement statement = forgotten.createStatement()) {
            statement.execute("CREATE TABLE late (id int PRIMARY KEY)");
            forgotten.setAutoCommit(false);
            statement.execute("LOCK TABLE late IN SHARE UPDATE EXCLUSIVE MODE");
        }
    }

    @Test
    void anOpenTransactionIsWaitedForAtTheFirstStart() throws Exception {
        SourceConfig.Postgres source = stack.postgres("open");
        KafkaLog log = stack.log("open");
        try (Database database = twoTables("open");
                Connection open = stack.connect("open");
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO item VALUES (9, 9)");
            try (Running capture = Running.start(stack.pipeline("open", source), source)) {
                assertThat(capture.becomesReadyWithin(Duration.ofSeconds(4))).isFalse();
                open.commit();
                capture.streaming();
                database.awaitCovered(log);
                assertThat(state(log, "item")).isEqualTo(Set.of("1=1", "2=1", "9=9"));
            }
        }
    }

    @Test
    void aSlotThatIsMovedWhileTheConnectionIsAwayIsNoReasonToLeaveChangesOut() throws Exception {
        SourceConfig.Postgres source = stack.postgres("moved");
        try (Database database = twoTables("moved");
                Running capture = Running.start(stack.pipeline("moved", source), source)) {
            capture.streaming();
            database.awaitCovered(stack.log("moved"));
            database.run(
                    "SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots WHERE slot_name = 'slot_moved'",
                    "INSERT INTO item VALUES (7, 7)",
                    "SELECT pg_replication_slot_advance('slot_moved', pg_current_wal_lsn())");
            PipelineException failure = capture.awaitFailure();
            assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_POSITION_LOST);
            assertThat(failure.what()).contains("ahead of what was captured");
            assertRecaptured(stack.pipeline("moved", source), source, database, stack.log("moved"));
        }
    }

    @Test
    void aSlotWhoseLogTheServerHasRemovedIsNoReasonToLeaveChangesOut() throws Exception {
        SourceConfig.Postgres source = stack.postgres("removed");
        PipelineConfig pipeline = stack.pipeline("removed", source);
        try (Database database = twoTables("removed")) {
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
            }
            database.run("INSERT INTO item VALUES (7, 7)", "ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'");
            database.run("SELECT pg_reload_conf()");
            Waiting.until(() -> {
                database.run("SELECT pg_logical_emit_message(true, 'x', 'x')", "SELECT pg_switch_wal()", "CHECKPOINT");
                return database.single("SELECT wal_status FROM pg_replication_slots WHERE slot_name = 'slot_removed'")
                        .equals("lost");
            });
            database.run("ALTER SYSTEM RESET max_slot_wal_keep_size");
            database.run("SELECT pg_reload_conf()");
            try (Running capture = Running.start(pipeline, source)) {
                assertThat(capture.awaitFailure()).satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_POSITION_LOST);
                    assertThat(failure.what()).contains("removed the log");
                    assertThat(failure.remedy()).contains("recapture");
                });
            }
            assertRecaptured(pipeline, source, database, stack.log("removed"));
        }
    }

    /** Whoever was cut off from Kafka for longer than its clients try takes over again, unless it was replaced. */
    @Test
    void aCaptureThatComesBackToKafkaDoesNotShutItsSuccessorOut() {
        KafkaClients clients = new KafkaClients(stack.kafka());
        Ownership old = new Ownership();
        CaptureOutput.takeOver(clients, "back_to_kafka", "pg", 1, old).close();
        CaptureOutput.takeOver(clients, "back_to_kafka", "pg", 1, old).close();
        try (CaptureOutput successor = CaptureOutput.takeOver(clients, "back_to_kafka", "pg", 1, new Ownership())) {
            assertThatThrownBy(() -> CaptureOutput.takeOver(clients, "back_to_kafka", "pg", 1, old))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("CAPTURE_FENCED");
            ChangeWriter writer = successor.writer(successor.readState(), (changes, newest) -> {}, CrashPoint.NONE);
            writer.commitPart(new StreamPosition(new CommitOrder(1, 0), Map.of()));
        }
    }

    @Test
    void whatTheServerKeepsForTheSlotIsMeasuredAndTooMuchIsAnAlert() throws Exception {
        LogLimits strict = new LogLimits(0, 0, 0, 0);
        SourceConfig.Postgres source = stack.postgres("measured").alerting(strict);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (Database database = twoTables("measured");
                Running capture = Running.start(stack.pipeline("measured", source), source, meters)) {
            capture.streaming();
            Waiting.until(
                    () -> meters.get("vaultline.slot.retained.bytes").gauge().value() > 0);
            assertThat(meters.get("vaultline.slot.lag.bytes").gauge().value())
                    .isBetween(
                            0.0,
                            meters.get("vaultline.slot.retained.bytes").gauge().value());
            assertThat(meters.get("vaultline.slot.wal.status").gauge().value()).isZero();
            assertThat(meters.get("vaultline.slot.safe.wal.bytes").gauge().value())
                    .isNaN();
            assertThat(capture.alerts()).singleElement().asString().contains("slot_measured");
            assertThat(database.single("SELECT count(*) FROM item")).isEqualTo("2");
        }
    }

    /** A standby that was promoted before it had received what is captured already. */
    @Test
    void aServerWhoseLogEndsBeforeWhatWasCapturedIsNotFollowed() throws Exception {
        SourceConfig.Postgres source = stack.postgres("behind");
        PipelineConfig pipeline = stack.pipeline("behind", source);
        try (Database database = twoTables("behind")) {
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
                database.awaitCovered(stack.log("behind"));
            }
            long ahead = database.lsn() + (1L << 32);
            try (CaptureOutput output =
                    CaptureOutput.takeOver(new KafkaClients(stack.kafka()), "behind", "pg", 1, new Ownership())) {
                output.writer(output.readState(), (changes, newest) -> {}, CrashPoint.NONE)
                        .commitPart(new StreamPosition(
                                new CommitOrder(ahead, 1), Map.of("lsn", ahead, "lsn_commit", ahead, "ts_usec", 1L)));
            }
            try (Running capture = Running.start(pipeline, source)) {
                assertThat(capture.awaitFailure()).satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_POSITION_LOST);
                    assertThat(failure.what()).contains("ends before what was captured");
                    assertThat(failure.remedy()).contains("recapture");
                });
            }
        }
    }

    @Test
    void anIdleDatabaseHoldsNoLogWhileOthersWrite() throws Exception {
        SourceConfig.Postgres source = stack.postgres("idle");
        try (Database database = twoTables("idle");
                Database neighbour = stack.database("app");
                Running capture = Running.start(stack.pipeline("idle", source), source)) {
            capture.streaming();
            neighbour.run("CREATE TABLE IF NOT EXISTS busy (t text)");
            neighbour.run("INSERT INTO busy SELECT repeat('x', 1000) FROM generate_series(1, 5000)");
            long written = neighbour.lsn();
            Waiting.until(() -> LogSequenceNumber.valueOf(database.single(
                                    "SELECT confirmed_flush_lsn::text FROM pg_replication_slots WHERE slot_name ="
                                            + " 'slot_idle'"))
                            .asLong()
                    >= written);
        }
    }

    private static Database twoTables(String name) throws Exception {
        Database database = stack.database(name);
        database.run(
                "CREATE TABLE item (id int PRIMARY KEY, v int)",
                "CREATE TABLE other (id int PRIMARY KEY, v int)",
                "INSERT INTO item VALUES (1, 1), (2, 1)",
                "INSERT INTO other VALUES (1, 1), (2, 1)");
        return database;
    }

    /** The rows {@code id=v} that the changes lead to. */
    private static Set<String> state(KafkaLog log, String table) {
        List<DataChangeEvent> events = log.events(table).stream()
                .sorted((a, b) -> a.order().compareTo(b.order()))
                .toList();
        Map<Object, String> rows = new HashMap<>();
        for (DataChangeEvent event : events) {
            if (event instanceof CollectionTruncated) {
                rows.clear();
            } else {
                Object id = Objects.requireNonNull(Ledger.row(event).get("id"));
                if (Ledger.operation(event) == 'D') {
                    rows.remove(id);
                } else {
                    rows.put(id, id + "=" + Ledger.row(event).get("v"));
                }
            }
        }
        return new HashSet<>(rows.values());
    }
}
