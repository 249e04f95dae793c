package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.config.SourceConfig;
import io.vaultline.config.SourceConfig.Engine;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.CollectionId;
import io.vaultline.event.Column;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.DataType;
import io.vaultline.event.Unavailable;
import io.vaultline.event.UniqueKey;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What changes of PostgreSQL look like in Kafka, all of an engine's through one capture. */
@ParameterizedClass
@SuppressWarnings("NullAway.Init") // set before each engine's tests
@EnumSource(Engine.class)
class PostgresCaptureIT {
    private static final String LONG_TEXT = "repeat('long', 5000) || random()";

    @TempDir
    private static Path directory;

    private static CaptureStack stack;
    private static Database database;
    private static Running capture;
    private static KafkaLog log;

    private final Engine engine;

    PostgresCaptureIT(Engine engine) {
        this.engine = engine;
    }

    @BeforeAll
    static void start() {
        stack = CaptureStack.start(directory, ServerKind.POSTGRES);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @BeforeParameterizedClassInvocation
    static void capture(Engine engine) throws Exception {
        String name = name(engine);
        stack.postgres(name);
        database = stack.database(name);
        database.run(
                "CREATE TABLE item (id bigint PRIMARY KEY, name text, price numeric(10, 2))",
                "INSERT INTO item SELECT n, 'item ' || n, n / 10.0 FROM generate_series(1, 1000) n",
                "CREATE TABLE toasted (id int PRIMARY KEY, n int, big text, bytes bytea)",
                "ALTER TABLE toasted ALTER big SET STORAGE EXTERNAL, ALTER bytes SET STORAGE EXTERNAL",
                "CREATE TABLE moved (a int, b int, v text, PRIMARY KEY (b, a))",
                "CREATE TABLE whole (id int PRIMARY KEY, v text, w int)",
                "ALTER TABLE whole REPLICA IDENTITY FULL",
                "CREATE TABLE keyless (v text)",
                "ALTER TABLE keyless REPLICA IDENTITY FULL",
                "INSERT INTO keyless VALUES ('same'), ('same'), (NULL)",
                "CREATE TABLE emptied (id int PRIMARY KEY)",
                "CREATE TABLE grown (id int PRIMARY KEY, v int)",
                "CREATE TABLE coded (id int PRIMARY KEY, code text CONSTRAINT by_code UNIQUE, v int, gone bool)",
                "CREATE UNIQUE INDEX part_of_rows ON coded (v) WHERE NOT gone",
                "CREATE UNIQUE INDEX expression ON coded (lower(code))",
                "INSERT INTO coded VALUES (1, 'one', 1, false)",
                "CREATE TABLE secret (id int PRIMARY KEY, password text UNIQUE, v int)",
                "INSERT INTO secret VALUES (1, 'p1', 1)",
                "CREATE TABLE defaults (id int PRIMARY KEY, a int DEFAULT 7, b text DEFAULT 'x', c timestamptz DEFAULT now(),"
                        + " d int NOT NULL DEFAULT 0)",
                "CREATE TABLE large (id int PRIMARY KEY, v text)",
                "CREATE SCHEMA \"Odd Space\"",
                "CREATE TABLE \"Odd Space\".\"Ta.ble \"\"x\" (\"The Id\" int PRIMARY KEY, \"W\u00e4rme\" text)",
                "INSERT INTO \"Odd Space\".\"Ta.ble \"\"x\" VALUES (1, 'a')",
                "CREATE TABLE parted (id int PRIMARY KEY, v text) PARTITION BY RANGE (id)",
                "CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE parted_high PARTITION OF parted FOR VALUES FROM (10) TO (20)",
                "INSERT INTO parted VALUES (1, 'a'), (11, 'a')",
                "CREATE TABLE again (id int PRIMARY KEY)",
                "INSERT INTO again VALUES (1)",
                "CREATE TABLE unidentified (v int)");
        SourceConfig.Postgres source =
                stack.postgres(name, List.of("public.secret.password")).by(engine);
        capture = Running.start(stack.pipeline(name, source), source);
        capture.streaming();
        log = stack.log(name);
    }

    @AfterParameterizedClassInvocation
    static void end() throws Exception {
        capture.close();
        database.close();
    }

    private static String name(Engine engine) {
        return "kinds_" + engine.name().toLowerCase(Locale.ROOT);
    }

    private static List<DataChangeEvent> changes(String table) throws Exception {
        database.awaitCovered(log);
        return log.events(table).stream()
                .filter(event -> !(event instanceof RowRead))
                .sorted(Comparator.comparing(DataChangeEvent::order))
                .toList();
    }

    @Test
    void whatATableHoldsIsReadAndThenEveryChangeFollows() throws Exception {
        database.run("UPDATE item SET price = 7 WHERE id <= 10", "DELETE FROM item WHERE id = 1");
        assertThat(changes("item")).hasSize(11);
        List<DataChangeEvent> reads =
                log.events("item").stream().filter(RowRead.class::isInstance).toList();
        assertThat(reads).hasSize(1000);
        assertThat(reads.stream().map(DataChangeEvent::order).distinct()).hasSize(1);
        assertThat(reads.get(0).order()).isLessThan(changes("item").get(0).order());
    }

    @Test
    void aChangedPrimaryKeyEndsOneRowAndBeginsAnother() throws Exception {
        database.run("INSERT INTO moved VALUES (1, 2, 'x')", "UPDATE moved SET a = 3 WHERE a = 1");
        List<DataChangeEvent> changes = changes("moved");
        assertThat(changes).hasSize(3);
        RowDeleted end = (RowDeleted) changes.get(1);
        RowCreated beginning = (RowCreated) changes.get(2);
        assertThat(end.before().get("a")).isEqualTo(1);
        assertThat(end.before().get("v")).isEqualTo(Unavailable.VALUE);
        assertThat(Objects.requireNonNull(end.movedTo()).sameKey(beginning.after()))
                .isTrue();
        assertThat(Objects.requireNonNull(beginning.movedFrom()).sameKey(end.before()))
                .isTrue();
        assertThat(beginning.after().get("v")).isEqualTo("x");
        assertThat(end.schema().key()).containsExactly("b", "a");
    }

    @Test
    void anUnchangedToastValueIsUnavailableAndNeverNull() throws Exception {
        database.run(
                "INSERT INTO toasted VALUES (1, 1, " + LONG_TEXT + ", convert_to(" + LONG_TEXT + ", 'UTF8'))",
                "UPDATE toasted SET n = 2",
                "UPDATE toasted SET big = NULL");
        List<DataChangeEvent> changes = changes("toasted");
        RowUpdated untouched = (RowUpdated) changes.get(1);
        assertThat(untouched.after().get("big")).isEqualTo(Unavailable.VALUE);
        assertThat(untouched.after().get("bytes")).isEqualTo(Unavailable.VALUE);
        assertThat(untouched.after().get("n")).isEqualTo(2);
        RowUpdated emptied = (RowUpdated) changes.get(2);
        assertThat(emptied.after().get("big")).isNull();
        assertThat(emptied.after().get("bytes")).isEqualTo(Unavailable.VALUE);
    }

    @Test
    void replicaIdentityFullBringsTheWholeRowBefore() throws Exception {
        database.run(
                "INSERT INTO whole VALUES (1, 'a', NULL)",
                "UPDATE whole SET v = 'b'",
                "DELETE FROM whole WHERE id = 1");
        List<DataChangeEvent> changes = changes("whole");
        assertThat(Objects.requireNonNull(((RowUpdated) changes.get(1)).before())
                        .get("v"))
                .isEqualTo("a");
        RowDeleted deleted = (RowDeleted) changes.get(2);
        assertThat(deleted.before().get("v")).isEqualTo("b");
        assertThat(deleted.before().get("w")).isNull();
    }

    @Test
    void equalRowsOfAKeylessTableStayApart() throws Exception {
        database.run("UPDATE keyless SET v = 'other' WHERE v IS NULL");
        List<DataChangeEvent> changes = changes("keyless");
        assertThat(changes).hasSize(2);
        assertThat(((RowDeleted) changes.get(0)).before().get("v")).isNull();
        assertThat(((RowCreated) changes.get(1)).after().get("v")).isEqualTo("other");
        assertThat(log.events("keyless").stream()
                        .filter(RowRead.class::isInstance)
                        .map(event -> event.order().ordinal()))
                .containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void aTruncateIsOneChange() throws Exception {
        database.run("INSERT INTO emptied VALUES (1), (2)", "TRUNCATE emptied");
        assertThat(changes("emptied")).hasSize(3).last().isInstanceOf(CollectionTruncated.class);
    }

    @Test
    void anAddedColumnChangesTheShapeFromItsFirstRowOn() throws Exception {
        database.run(
                "INSERT INTO grown VALUES (1, 1)",
                "ALTER TABLE grown ADD COLUMN w numeric(6, 3)",
                "INSERT INTO grown VALUES (2, 2, 1.5)",
                "ALTER TABLE grown ALTER COLUMN v TYPE bigint, DROP COLUMN w",
                "INSERT INTO grown VALUES (3, 3)");
        List<DataChangeEvent> changes = changes("grown");
        assertThat(names(changes.get(0))).containsExactly("id", "v");
        assertThat(names(changes.get(1))).containsExactly("id", "v", "w");
        assertThat(((RowCreated) changes.get(1)).after().get("w")).hasToString("1.500");
        assertThat(names(changes.get(2))).containsExactly("id", "v");
        assertThat(((RowCreated) changes.get(2)).after().get("v")).isEqualTo(3L);
        assertThat(changes.get(2).schema().columns().get(1).type()).isEqualTo(DataType.Simple.INT64);
    }

    @Test
    void uniqueConstraintsArePartOfTheShapeFromTheSnapshotOn() throws Exception {
        UniqueKey byCode = new UniqueKey("by_code", List.of("code"));
        assertThat(log.shapes())
                .hasEntrySatisfying(
                        "coded", shape -> assertThat(shape.uniqueKeys()).containsExactly(byCode));

        database.run(
                "ALTER TABLE coded ADD COLUMN w int, ADD CONSTRAINT by_pair UNIQUE (w, v)",
                "INSERT INTO coded VALUES (2, 'two', 2, false, 2)");

        assertThat(changes("coded").get(0).schema().uniqueKeys())
                .containsExactly(byCode, new UniqueKey("by_pair", List.of("w", "v")));
    }

    @Test
    void anExcludedColumnIsNowhere() throws Exception {
        database.run("INSERT INTO secret VALUES (2, 'p2', 2)", "UPDATE secret SET password = 'p3', v = 3 WHERE id = 2");
        assertThat(changes("secret")).hasSize(2);
        assertThat(log.events("secret"))
                .hasSize(3)
                .allSatisfy(event -> assertThat(names(event)).containsExactly("id", "v"))
                .allSatisfy(event -> assertThat(event.schema().uniqueKeys()).isEmpty());
    }

    @Test
    void aNullIsNotReplacedByItsColumnsDefault() throws Exception {
        database.run(
                "INSERT INTO defaults VALUES (1, NULL, NULL, NULL, 0)",
                "INSERT INTO defaults (id) VALUES (2)",
                "DELETE FROM defaults WHERE id = 1");
        List<DataChangeEvent> changes = changes("defaults");
        for (String column : List.of("a", "b", "c")) {
            assertThat(((RowCreated) changes.get(0)).after().get(column)).isNull();
            assertThat(((RowCreated) changes.get(1)).after().get(column)).isNotNull();
        }
        assertThat(((RowDeleted) changes.get(2)).before().get("d")).isEqualTo(Unavailable.VALUE);
    }

    @Test
    void aLargeTransactionComesWholeAndInItsOrder() throws Exception {
        int rows = 60_000;
        database.run("INSERT INTO large SELECT n, repeat('x', 1000) FROM generate_series(1, " + rows + ") n");
        List<DataChangeEvent> changes = changes("large");
        assertThat(changes.stream().map(event -> event.order().ordinal()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, rows).boxed().toList());
        assertThat(changes.stream().map(event -> event.order().commitPosition()).distinct())
                .hasSize(1);
        assertThat(changes.stream().map(event -> event.header().transaction()).distinct())
                .hasSize(1);
    }

    @Test
    void aTableThatAppearsIsReadAndFollowed() throws Exception {
        database.run("CREATE TABLE late (id int PRIMARY KEY)", "INSERT INTO late SELECT generate_series(1, 10)");
        Waiting.until(() -> log.shapes().containsKey("late"));
        database.run("INSERT INTO late SELECT generate_series(11, 20)");
        database.awaitCovered(log);
        assertThat(log.events("late")).hasSize(20);
        assertThat(log.events("late")).filteredOn(RowRead.class::isInstance).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void namesAreKeptExactly() throws Exception {
        database.run("INSERT INTO \"Odd Space\".\"Ta.ble \"\"x\" VALUES (2, 'b')");
        assertThat(changes("Ta-2eble-20-22x")).hasSize(1).first().satisfies(change -> {
            assertThat(change.schema().id()).isEqualTo(new CollectionId("pg", "Odd Space", "Ta.ble \"x"));
            assertThat(names(change)).containsExactly("The Id", "W\u00e4rme");
            assertThat(change.schema().key()).containsExactly("The Id");
        });
        assertThat(log.events("Ta-2eble-20-22x")).hasSize(2);
    }

    @Test
    void aPartitionedTableIsOne() throws Exception {
        database.run("INSERT INTO parted VALUES (2, 'b'), (12, 'c')", "UPDATE parted SET id = 13 WHERE id = 2");
        assertThat(changes("parted")).hasSize(4);
        assertThat(log.events("parted")).hasSize(6);
        assertThat(log.shapes()).doesNotContainKey("parted_low");
    }

    @Test
    void aTableThatIsDroppedAndMadeAgainEndsItsOldRows() throws Exception {
        database.run(
                "DROP TABLE again", "CREATE TABLE again (id text PRIMARY KEY)", "INSERT INTO again VALUES ('new')");
        Waiting.until(() -> log.events("again").size() > 2);
        database.run("INSERT INTO again VALUES ('newer')");
        database.awaitCovered(log);
        List<DataChangeEvent> events = log.events("again").stream()
                .sorted(Comparator.comparing(DataChangeEvent::order))
                .toList();
        assertThat(events.get(0)).isInstanceOf(RowRead.class);
        assertThat(events.get(1)).isInstanceOf(CollectionTruncated.class);
        assertThat(events.get(2)).isInstanceOf(RowRead.class);
        assertThat(Ledger.row(events.get(2)).get("id")).isEqualTo("new");
        assertThat(events.get(3)).isInstanceOf(RowCreated.class);
    }

    @Test
    void aTableWithoutIdentityIsLeftAloneUntilItHasOne() throws Exception {
        database.run("INSERT INTO unidentified VALUES (1)", "UPDATE unidentified SET v = 2");
        database.awaitCovered(log);
        assertThat(log.shapes()).doesNotContainKey("unidentified");
        database.run("ALTER TABLE unidentified REPLICA IDENTITY FULL");
        Waiting.until(() -> log.shapes().containsKey("unidentified"));
        database.awaitCovered(log);
        assertThat(log.events("unidentified")).hasSize(1);
    }

    @Test
    void anIdleDatabaseIsAcknowledgedAndItsWatermarkMoves() throws Exception {
        database.run("CREATE TABLE IF NOT EXISTS elsewhere.x (id int)".replace("elsewhere.", "pg_temp."));
        long now = database.lsn();
        database.awaitCovered(log);
        Waiting.until(() -> Long.parseLong(database.single("SELECT (confirmed_flush_lsn - '0/0')::int8"
                        + " FROM pg_replication_slots WHERE slot_name = 'slot_" + name(engine) + "'"))
                >= now);
    }

    private static List<String> names(DataChangeEvent event) {
        return event.schema().columns().stream().map(Column::name).toList();
    }
}
