package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.codec.ChangeEncoder;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.config.SourceConfig.Engine;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.letter.LetterClient;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every value of every type has one form in Kafka, from a snapshot, an insert and an update, and it is the server's. */
@ParameterizedClass
@EnumSource(Engine.class)
class PostgresTypesIT {
    private static final int STREAMED = 1_000;

    @TempDir
    private static Path directory;

    private static CaptureStack stack;

    private final Engine engine;

    PostgresTypesIT(Engine engine) {
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

    @Test
    void everyValueOfEveryTypeIsWhatTheServerSays() throws Exception {
        SourceConfig.Postgres source = stack.postgres(name("types"), engine);
        try (Database database = stack.database(name("types"))) {
            database.run(PostgresValues.creation().toArray(String[]::new));
            database.run(PostgresValues.insertion(0).toArray(String[]::new));
            try (Running capture = Running.start(stack.pipeline(name("types"), source), source)) {
                capture.streaming();
                database.run(PostgresValues.insertion(STREAMED).toArray(String[]::new));
                database.run("UPDATE every SET n = 1 WHERE id >= " + STREAMED);
                KafkaLog log = stack.log(name("types"));
                database.awaitCovered(log);
                List<DataChangeEvent> events = log.events(PostgresValues.TABLE);
                Map<Integer, Row> read = rows(events, RowRead.class);
                Map<Integer, Row> created = rows(events, RowCreated.class);
                Map<Integer, Row> updated = rows(events, RowUpdated.class);
                assertThat(read).hasSize(PostgresValues.rows());
                assertSame(read, created);
                assertSame(read, updated);
                assertServerSays(database, read);
                assertThat(log.shapes().get(PostgresValues.TABLE))
                        .isEqualTo(read.values().iterator().next().schema());
            }
        }
    }

    /** Rows by their number, whatever their id. */
    private static Map<Integer, Row> rows(List<DataChangeEvent> events, Class<? extends DataChangeEvent> kind) {
        Map<Integer, Row> rows = new TreeMap<>();
        events.stream()
                .filter(kind::isInstance)
                .map(Ledger::row)
                .forEach(row -> rows.put((Integer) Objects.requireNonNull(row.get("id")) % STREAMED, row));
        return rows;
    }

    private static void assertSame(Map<Integer, Row> read, Map<Integer, Row> streamed) {
        assertThat(streamed.keySet()).isEqualTo(read.keySet());
        read.forEach((number, row) -> {
            Row other = alike(Objects.requireNonNull(streamed.get(number)), row);
            assertThat(other.schema()).isEqualTo(row.schema());
            for (int i = 0; i < row.schema().columns().size(); i++) {
                assertThat(other.get(i))
                        .as("row %s, %s", number, row.schema().columns().get(i))
                        .isEqualTo(row.get(i));
            }
            assertThat(encoded(other)).isEqualTo(encoded(row));
        });
    }

    /** The row with id and n of the other one, and what an update did not send. */
    private static Row alike(Row row, Row other) {
        @Nullable Object[] values = new @Nullable Object[row.schema().columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < 2 || row.get(i) == Unavailable.VALUE ? other.get(i) : row.get(i);
        }
        return new Row(row.schema(), values);
    }

    private static byte[] encoded(Row row) {
        CollectionSchema shape = row.schema();
        ChangeHeader header = new ChangeHeader(shape, new CommitOrder(1, 1), 1, null);
        return new ChangeEncoder().encode(ChangeSchema.of(shape), new RowRead(header, row));
    }

    private static void assertServerSays(Database database, Map<Integer, Row> rows) throws Exception {
        database.run(PostgresAnswers.SETTINGS.toArray(String[]::new));
        CollectionSchema shape = rows.values().iterator().next().schema();
        List<String> expressions = new ArrayList<>();
        shape.columns().forEach(column -> expressions.add(PostgresAnswers.asked(column.type(), column.name())));
        try (Statement statement = database.connection().createStatement();
                ResultSet said = statement.executeQuery("SELECT " + String.join(", ", expressions)
                        + " FROM public.every WHERE id < " + STREAMED + " ORDER BY id")) {
            for (Row row : rows.values()) {
                said.next();
                for (int i = 0; i < expressions.size(); i++) {
                    assertThat(PostgresAnswers.spoken(shape.columns().get(i).type(), row.get(i)))
                            .as("%s of row %s", shape.columns().get(i), row.get("id"))
                            .isEqualTo(said.getString(i + 1));
                }
            }
        }
    }

    @Test
    void aNumberThatItsColumnsDecimalCantHoldIsADeadLetterThatNamesItsColumn() throws Exception {
        SourceConfig.Postgres source = stack.postgres(name("nan"), engine);
        PipelineConfig pipeline = stack.pipeline(name("nan"), source);
        try (Database database = stack.database(name("nan"))) {
            database.run("CREATE TABLE priced (id int PRIMARY KEY, price numeric(10, 2))");
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
                database.run("INSERT INTO priced VALUES (1, 'NaN')");
                database.awaitCovered(stack.log(name("nan")));
                assertThat(capture.failure()).isEmpty();
            }
            assertThat(new LetterClient(pipeline).list()).singleElement().satisfies(letter -> {
                assertThat(letter.reason().orElseThrow().code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE);
                assertThat(letter.reason().orElseThrow().where()).contains("public.priced.price");
            });
        }
    }

    @Test
    void enumsThatTheConnectorCantReadAreRefusedWhereItStreams() throws Exception {
        SourceConfig.Postgres source = stack.postgres(name("enumerated"), engine);
        try (Database database = stack.database(name("enumerated"))) {
            database.run(
                    "CREATE TYPE mood AS ENUM ('sad')",
                    "CREATE DOMAIN feeling AS mood",
                    "CREATE TYPE blank AS ENUM ()",
                    "CREATE TABLE felt (id int PRIMARY KEY, mood feeling, blank blank)",
                    "INSERT INTO felt VALUES (1, 'sad')");
            if (engine == Engine.NATIVE) {
                assertThat(rowsOf(database, source, "felt", "INSERT INTO felt VALUES (2, 'sad')"))
                        .containsExactly("[1, sad, null]", "[2, sad, null]");
                return;
            }
            assertThatThrownBy(() -> Running.start(stack.pipeline(name("enumerated"), source), source))
                    .isInstanceOfSatisfying(PipelineException.class, refusal -> {
                        assertThat(refusal.code()).isEqualTo(ErrorCode.SOURCE_NOT_CAPTURABLE);
                        assertThat(refusal.what()).contains("public.feeling");
                        assertThat(refusal.remedy()).contains("DROP DOMAIN");
                    });
        }
    }

    @Test
    void columnsWhoseNamesDifferByCaseAreRefusedWhereTheConnectorStreams() throws Exception {
        SourceConfig.Postgres source = stack.postgres(name("cased"), engine);
        try (Database database = stack.database(name("cased"))) {
            database.run("CREATE TABLE twins (id int PRIMARY KEY, \"Id\" int)", "INSERT INTO twins VALUES (1, 10)");
            if (engine == Engine.NATIVE) {
                assertThat(rowsOf(database, source, "twins", "INSERT INTO twins VALUES (2, 20)"))
                        .containsExactly("[1, 10]", "[2, 20]");
                return;
            }
            assertThatThrownBy(() -> Running.start(stack.pipeline(name("cased"), source), source))
                    .isInstanceOfSatisfying(PipelineException.class, refusal -> {
                        assertThat(refusal.code()).isEqualTo(ErrorCode.SOURCE_NOT_CAPTURABLE);
                        assertThat(refusal.what()).contains("public.twins");
                        assertThat(refusal.remedy()).contains("RENAME COLUMN");
                    });
        }
    }

    /** The values of what is read and of what is streamed. */
    private static List<String> rowsOf(Database database, SourceConfig.Postgres source, String table, String change)
            throws Exception {
        String name = database.connection().getCatalog();
        try (Running capture = Running.start(stack.pipeline(name, source), source)) {
            capture.streaming();
            database.run(change);
            database.awaitCovered(stack.log(name));
            return stack.log(name).events(table).stream()
                    .map(Ledger::row)
                    .map(PostgresTypesIT::values)
                    .sorted()
                    .toList();
        }
    }

    private static String values(Row row) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < row.schema().columns().size(); i++) {
            values.add(String.valueOf(row.get(i)));
        }
        return values.toString();
    }

    private String name(String test) {
        return test + "_" + engine.name().toLowerCase(Locale.ROOT);
    }
}
