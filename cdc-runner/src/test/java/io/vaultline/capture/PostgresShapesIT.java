package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.config.SourceConfig;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shapes of tables, and changes of them in mid-stream, that other tools break at; all through one capture. */
class PostgresShapesIT {
    private static final int MOST_COLUMNS = 1_600;
    private static final String LONG_NAME = "\uD83D\uDC18\uD83D\uDC18 Größe \"x\" " + "n".repeat(42);
    private static final String LONG_TEXT = "repeat('long', 5000)";

    @TempDir
    private static Path directory;

    private static CaptureStack stack;
    private static Database database;
    private static Running capture;
    private static KafkaLog log;

    @BeforeAll
    static void start() throws Exception {
        stack = CaptureStack.start(directory, ServerKind.POSTGRES);
        SourceConfig.Postgres source = stack.postgres("shapes");
        database = stack.database("shapes");
        database.run(
                "CREATE TABLE big (id int PRIMARY KEY, n int, big text)",
                "CREATE TABLE big_full (id int PRIMARY KEY, n int, big text)",
                "ALTER TABLE big ALTER big SET STORAGE EXTERNAL",
                "ALTER TABLE big_full ALTER big SET STORAGE EXTERNAL, REPLICA IDENTITY FULL",
                "CREATE TABLE shifted (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, v text)",
                "ALTER TABLE shifted REPLICA IDENTITY FULL",
                "CREATE TABLE deferred (id int PRIMARY KEY DEFERRABLE, v int)",
                "CREATE TABLE denied (id int PRIMARY KEY)",
                "ALTER TABLE denied REPLICA IDENTITY NOTHING",
                "CREATE TABLE twins (v text, w int)",
                "ALTER TABLE twins REPLICA IDENTITY FULL",
                "INSERT INTO twins VALUES ('same', NULL), ('same', NULL), ('same', NULL)",
                "CREATE TABLE parts (id int PRIMARY KEY, v text) PARTITION BY RANGE (id)",
                "CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (10)",
                "INSERT INTO parts VALUES (1, 'a')",
                "CREATE TABLE parent (id int PRIMARY KEY)",
                "CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES parent)",
                "CREATE TABLE altered (id int PRIMARY KEY, a int, b text)",
                "INSERT INTO altered VALUES (1, 1, 'one')",
                "CREATE TABLE named_once (id int PRIMARY KEY, v text)",
                "INSERT INTO named_once VALUES (1, 'before')",
                "CREATE TABLE computed (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int,"
                        + " twice int GENERATED ALWAYS AS (a * 2) STORED, thrice int GENERATED ALWAYS AS (a * 3) VIRTUAL)",
                "INSERT INTO computed (a) VALUES (1)",
                "CREATE SCHEMA \"" + LONG_NAME.replace("\"", "\"\"") + "\"",
                "CREATE TABLE " + longTable() + " (\"Größe\" int PRIMARY KEY, \"a \"\"b\"\" \uD83D\uDE00\" text, \""
                        + "c".repeat(63) + "\" text)",
                "INSERT INTO " + longTable() + " VALUES (1, 'read', 'x')",
                "CREATE TABLE cased (id int PRIMARY KEY)",
                "CREATE TABLE \"CASED\" (\"ID\" int PRIMARY KEY)",
                "CREATE TABLE widest (" + columns() + ")",
                "INSERT INTO widest (c0, c1599) VALUES (1, 1)");
        capture = Running.start(stack.pipeline("shapes", source), source);
        capture.streaming();
        log = stack.log("shapes");
    }

    private static String longTable() {
        String name = "\"" + LONG_NAME.replace("\"", "\"\"") + "\"";
        return name + "." + name;
    }

    private static String columns() {
        return "c0 int PRIMARY KEY, "
                + IntStream.range(1, MOST_COLUMNS)
                        .mapToObj(n -> "c" + n + " int")
                        .collect(Collectors.joining(", "));
    }

    @AfterAll
    static void stop() throws Exception {
        capture.close();
        database.close();
        stack.close();
    }

    private static List<DataChangeEvent> changes(String table) throws Exception {
        database.awaitCovered(log);
        assertThat(capture.failure()).isEmpty();
        return log.events(table).stream()
                .filter(event -> !(event instanceof RowRead))
                .sorted(Comparator.comparing(DataChangeEvent::order))
                .toList();
    }

    private static @Nullable Object value(DataChangeEvent event, String column) {
        return Ledger.row(event).get(column);
    }

    private static List<String> names(DataChangeEvent event) {
        return names(event.schema());
    }

    private static List<String> names(CollectionSchema shape) {
        return shape.columns().stream().map(Column::name).toList();
    }

    @Test
    void aLargeValueThatAKeyChangeDidNotSendIsUnavailable() throws Exception {
        database.run("INSERT INTO big VALUES (1, 1, " + LONG_TEXT + ")", "UPDATE big SET id = 2");
        List<DataChangeEvent> changes = changes("big");
        assertThat(changes).hasSize(3);
        assertThat(((RowDeleted) changes.get(1)).movedTo()).isNotNull();
        assertThat(value(changes.get(2), "big")).isEqualTo(Unavailable.VALUE);
        assertThat(Objects.requireNonNull(((RowCreated) changes.get(2)).movedFrom())
                        .get("id"))
                .isEqualTo(1);
    }

    @Test
    void underFullIdentityALargeValueIsNeverLost() throws Exception {
        database.run(
                "INSERT INTO big_full VALUES (1, 1, " + LONG_TEXT + ")",
                "UPDATE big_full SET n = 2",
                "UPDATE big_full SET id = 2",
                "UPDATE big_full SET big = NULL");
        List<DataChangeEvent> changes = changes("big_full");
        assertThat(changes).hasSize(5);
        String text = "long".repeat(5000);
        RowUpdated updated = (RowUpdated) changes.get(1);
        Row before = Objects.requireNonNull(updated.before());
        assertThat(before.get("big")).isEqualTo(text);
        assertThat(updated.after().completedBy(before).get("big")).isEqualTo(text);
        Row old = ((RowDeleted) changes.get(2)).before();
        assertThat(((RowCreated) changes.get(3)).after().completedBy(old).get("big"))
                .isEqualTo(text);
        assertThat(((RowUpdated) changes.get(4)).after().get("big")).isNull();
    }

    @Test
    void keysThatMoveUpByOneAreMovesAndNothingElse() throws Exception {
        database.run(
                "INSERT INTO shifted SELECT n, 'v' || n FROM generate_series(1, 5) n",
                "UPDATE shifted SET id = id + 1");
        List<DataChangeEvent> changes = changes("shifted");
        List<DataChangeEvent> moves = changes.stream()
                .filter(event -> event instanceof RowCreated created && created.movedFrom() != null)
                .toList();
        assertThat(moves).hasSize(5).allSatisfy(event -> {
            RowCreated created = (RowCreated) event;
            Row from = Objects.requireNonNull(created.movedFrom());
            assertThat(created.after().get("v")).isEqualTo("v" + from.get("id"));
            assertThat(created.after().get("id")).isEqualTo((Integer) Objects.requireNonNull(from.get("id")) + 1);
        });
        assertThat(states("shifted")).isEqualTo(Map.of(2, "v1", 3, "v2", 4, "v3", 5, "v4", 6, "v5"));
        database.run(
                "BEGIN",
                "UPDATE shifted SET id = 8 - id",
                "UPDATE shifted SET id = id + 1",
                "INSERT INTO shifted VALUES (5, 'new')",
                "DELETE FROM shifted WHERE v = 'v3'",
                "COMMIT");
        assertThat(states("shifted")).isEqualTo(Map.of(7, "v1", 6, "v2", 5, "new", 4, "v4", 3, "v5"));
    }

    /** What the last change of each key says of the column {@code v}. */
    private static Map<Object, Object> states(String table) throws Exception {
        Map<Object, Object> states = new HashMap<>();
        for (DataChangeEvent event : changes(table)) {
            Row row = event.row();
            if (event instanceof RowDeleted) {
                states.remove(row.get("id"));
            } else {
                states.put(row.get("id"), row.get("v"));
            }
        }
        return states;
    }

    @Test
    void ofEqualRowsWithoutAKeyEachIsOne() throws Exception {
        database.run(
                "DELETE FROM twins WHERE ctid = (SELECT min(ctid) FROM twins)",
                "INSERT INTO twins VALUES ('same', NULL)",
                "UPDATE twins SET v = 'same'",
                "UPDATE twins SET w = 1 WHERE ctid = (SELECT min(ctid) FROM twins)");
        List<DataChangeEvent> changes = changes("twins");
        assertThat(changes.stream().filter(RowDeleted.class::isInstance)).hasSize(2);
        assertThat(changes.stream().filter(RowCreated.class::isInstance)).hasSize(2);
        assertThat(changes.stream().filter(RowUpdated.class::isInstance))
                .hasSize(3)
                .allSatisfy(event -> assertThat(((RowUpdated) event).before()).isEqualTo(((RowUpdated) event).after()));
        assertThat(log.events("twins").stream().filter(RowRead.class::isInstance))
                .hasSize(3);
    }

    @Test
    void aTableWhoseUpdatesPublishingWouldBreakIsLeftAloneUntilItHasAnIdentity() throws Exception {
        database.run(
                "INSERT INTO deferred VALUES (1, 1)",
                "UPDATE deferred SET v = 2",
                "INSERT INTO denied VALUES (1)",
                "DELETE FROM denied");
        database.awaitCovered(log);
        assertThat(log.shapes()).doesNotContainKeys("deferred", "denied");
        database.run("ALTER TABLE deferred REPLICA IDENTITY FULL");
        Waiting.until(() -> log.shapes().containsKey("deferred"));
        database.run("UPDATE deferred SET v = 3");
        assertThat(changes("deferred"))
                .singleElement()
                .satisfies(event -> assertThat(value(event, "v")).isEqualTo(3));
    }

    @Test
    void partitionsThatComeAndGoAreOneTable() throws Exception {
        database.run(
                "CREATE TABLE parts_high PARTITION OF parts FOR VALUES FROM (10) TO (20)",
                "INSERT INTO parts VALUES (11, 'new partition')",
                "UPDATE parts SET id = 12 WHERE id = 1",
                "CREATE TABLE parts_later (id int PRIMARY KEY, v text)",
                "ALTER TABLE parts ATTACH PARTITION parts_later FOR VALUES FROM (20) TO (30)",
                "INSERT INTO parts VALUES (21, 'attached')",
                "ALTER TABLE parts DETACH PARTITION parts_high",
                "INSERT INTO parts VALUES (2, 'after detach')");
        List<DataChangeEvent> changes = changes("parts");
        assertThat(changes.stream().map(event -> event.getClass().getSimpleName() + " " + value(event, "id")))
                .containsExactly("RowCreated 11", "RowDeleted 1", "RowCreated 12", "RowCreated 21", "RowCreated 2");
        assertThat(log.shapes()).doesNotContainKeys("parts_low", "parts_later");
    }

    @Test
    void aTruncateOfSeveralTablesIsAChangeOfEach() throws Exception {
        database.run(
                "INSERT INTO parent VALUES (1)",
                "INSERT INTO child VALUES (1, 1)",
                "TRUNCATE parent CASCADE",
                "INSERT INTO parent VALUES (2)");
        assertThat(changes("child")).hasSize(2).last().isInstanceOf(CollectionTruncated.class);
        List<DataChangeEvent> changes = changes("parent");
        assertThat(changes).hasSize(3);
        assertThat(changes.get(1)).isInstanceOf(CollectionTruncated.class);
        assertThat(changes.get(1).order().commitPosition())
                .isEqualTo(changes("child").get(1).order().commitPosition());
    }

    @Test
    void everyChangeOfATablesShapeIsToldBeforeItsFirstRow() throws Exception {
        database.run(
                "INSERT INTO altered VALUES (2, 2, 'two')",
                "ALTER TABLE altered ADD COLUMN plain text",
                "INSERT INTO altered VALUES (3, 3, 'three', 'p')",
                "ALTER TABLE altered ADD COLUMN filled numeric(6, 2) NOT NULL DEFAULT 1.5",
                "UPDATE altered SET a = 10 WHERE id = 1",
                "ALTER TABLE altered RENAME COLUMN b TO c",
                "INSERT INTO altered VALUES (4, 4, 'four', 'p', 2)",
                "ALTER TABLE altered ALTER COLUMN a TYPE text USING 'n' || a",
                "INSERT INTO altered VALUES (5, 'five', 'c', 'p', 2)",
                "ALTER TABLE altered DROP COLUMN plain, ALTER COLUMN filled TYPE numeric(8, 3)",
                "INSERT INTO altered VALUES (6, 'six', 'c', 3)");
        List<DataChangeEvent> changes = changes("altered");
        assertThat(changes).hasSize(6);
        assertThat(names(changes.get(0))).containsExactly("id", "a", "b");
        assertThat(names(changes.get(1))).containsExactly("id", "a", "b", "plain");
        assertThat(names(changes.get(2))).containsExactly("id", "a", "b", "plain", "filled");
        assertThat(value(changes.get(2), "filled")).hasToString("1.50");
        assertThat(value(changes.get(2), "plain")).isNull();
        assertThat(names(changes.get(3))).containsExactly("id", "a", "c", "plain", "filled");
        assertThat(changes.get(4).schema().columns().get(1).type()).isEqualTo(Simple.TEXT);
        assertThat(names(changes.get(5))).containsExactly("id", "a", "c", "filled");
        assertThat(changes.get(5).schema().columns().get(3).type()).isEqualTo(new DataType.Decimal(8, 3));
        assertThat(changes)
                .allSatisfy(change -> assertThat(change.schema().key()).containsExactly("id"));
        List<List<String>> told =
                log.shapesOf("altered").stream().map(PostgresShapesIT::names).toList();
        assertThat(told)
                .containsSubsequence(
                        changes.stream().map(PostgresShapesIT::names).distinct().toList());
    }

    @Test
    void aTableThatIsRenamedIsReadAnewUnderItsNewName() throws Exception {
        database.run(
                "INSERT INTO named_once VALUES (2, 'before')",
                "ALTER TABLE named_once RENAME TO named_again",
                "INSERT INTO named_again VALUES (3, 'after')");
        Waiting.until(() -> log.shapes().containsKey("named_again"));
        database.run("INSERT INTO named_again VALUES (4, 'later')");
        Waiting.until(() -> log.events("named_again").size() >= 4);
        database.awaitCovered(log);
        assertThat(log.events("named_again").stream().map(event -> value(event, "id")))
                .containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(changes("named_once").stream().map(event -> value(event, "id")))
                .containsExactly(2);
    }

    @Test
    void storedGeneratedColumnsComeAndVirtualOnesAreLeftOut() throws Exception {
        database.run("INSERT INTO computed (a) VALUES (2)", "UPDATE computed SET a = 5 WHERE id = 2");
        assertThat(log.events("computed").stream().filter(RowRead.class::isInstance))
                .singleElement()
                .satisfies(event -> assertThat(value(event, "twice")).isEqualTo(2));
        List<DataChangeEvent> changes = changes("computed");
        assertThat(changes.stream().map(event -> value(event, "twice"))).containsExactly(4, 10);
        assertThat(names(changes.get(0))).containsExactly("id", "a", "twice");
    }

    @Test
    void namesOfSixtyThreeBytesWithQuotesAndEmojiAreKept() throws Exception {
        assertThat(LONG_NAME.getBytes(StandardCharsets.UTF_8)).hasSize(63);
        database.run("INSERT INTO " + longTable() + " VALUES (2, 'created', 'y')");
        database.awaitCovered(log);
        CollectionSchema shape = Objects.requireNonNull(log.shapes().get(LONG_NAME));
        assertThat(shape.id().namespace()).isEqualTo(LONG_NAME);
        assertThat(names(shape)).containsExactly("Größe", "a \"b\" \uD83D\uDE00", "c".repeat(63));
        assertThat(log.events(shape.id()).stream().map(event -> value(event, "a \"b\" \uD83D\uDE00")))
                .containsExactlyInAnyOrder("read", "created");
    }

    @Test
    void tablesWhoseNamesDifferByCaseAreTwo() throws Exception {
        database.run("INSERT INTO cased VALUES (1)", "INSERT INTO \"CASED\" VALUES (2)");
        assertThat(changes("cased").stream().map(event -> value(event, "id"))).containsExactly(1);
        assertThat(changes("CASED").stream().map(event -> value(event, "ID"))).containsExactly(2);
    }

    @Test
    void aTableOfSixteenHundredColumnsIsCaptured() throws Exception {
        database.run("INSERT INTO widest (c0, c1598) VALUES (2, 7)", "UPDATE widest SET c1599 = 8 WHERE c0 = 2");
        List<DataChangeEvent> changes = changes("widest");
        assertThat(changes).hasSize(2);
        assertThat(changes.get(1).schema().columns()).hasSize(MOST_COLUMNS);
        assertThat(value(changes.get(1), "c1598")).isEqualTo(7);
        assertThat(value(changes.get(1), "c1599")).isEqualTo(8);
    }
}
