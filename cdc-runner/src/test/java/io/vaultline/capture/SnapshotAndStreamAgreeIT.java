package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.config.SourceConfig;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.error.ErrorCode;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same row is the same, whether a snapshot found it or the stream brought it. */
class SnapshotAndStreamAgreeIT {
    /** Types, each with values as SQL. */
    private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("boolean", List.of("true", "false"));
        VALUES.put("smallint", List.of("-32768", "32767"));
        VALUES.put("integer", List.of("-2147483648", "2147483647"));
        VALUES.put("bigint", List.of("-9223372036854775808", "9223372036854775807"));
        VALUES.put("oid", List.of("0", "4294967295"));
        VALUES.put("real", List.of("'-0'", "'NaN'", "'Infinity'", "3.4028235e38", "1e-45", "0.1"));
        VALUES.put(
                "double precision", List.of("'-0'", "'NaN'", "'-Infinity'", "1.7976931348623157e308", "5e-324", "0.1"));
        VALUES.put("numeric(10, 2)", List.of("0", "-0.10", "12345678.90", "99999999.99"));
        VALUES.put("numeric(38, 10)", List.of("1", "-9999999999999999999999999999.9999999999"));
        VALUES.put("numeric(38, 0)", List.of("99999999999999999999999999999999999999"));
        VALUES.put("numeric", List.of("0", "1.5000", "'NaN'", "'Infinity'", "'-Infinity'", "1e100", "-1e-30"));
        VALUES.put("numeric(50, 3)", List.of("12345678901234567890123456789012345678901234567.125"));
        VALUES.put("numeric(3, -2)", List.of("12300"));
        VALUES.put("text", List.of("''", "'Zeile\n\\ \t\\N'", "'\uD83D\uDE00'", "E'\\b\\f\\v\\r'", "'NULL'"));
        VALUES.put("varchar(20)", List.of("''", "' padded '"));
        VALUES.put("char(5)", List.of("''", "'ab'", "'a b'"));
        VALUES.put("\"char\"", List.of("'c'"));
        VALUES.put("name", List.of("'name'"));
        VALUES.put("bytea", List.of("''", "'\\x00ff5c0a09'"));
        VALUES.put("date", List.of("'1970-01-01'", "'0044-03-15 BC'", "'5874897-12-31'", "'1582-10-10'"));
        VALUES.put("time", List.of("'00:00'", "'23:59:59.999999'", "'24:00'", "'12:00:00.5'"));
        VALUES.put("time(0)", List.of("'12:34:56'"));
        VALUES.put("timetz", List.of("'10:00+02'", "'23:59:59.123456-11:30'"));
        VALUES.put(
                "timestamp",
                List.of(
                        "'1969-12-31 23:59:59.999999'",
                        "'0001-01-01 BC'",
                        "'294246-01-01'",
                        "'2024-02-29 12:00:00.1'"));
        VALUES.put("timestamp(3)", List.of("'2024-02-29 12:00:00.123456'"));
        VALUES.put(
                "timestamptz",
                List.of("'2024-03-31 01:30:00+00'", "'1883-11-18 12:00:00+00'", "'0044-03-15 10:00:00.000001+01 BC'"));
        VALUES.put("interval", List.of("'1 year -2 months 3 days -04:05:06.789'", "'0'", "'-00:00:00.000001'"));
        VALUES.put("uuid", List.of("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"));
        VALUES.put("json", List.of("'{\"a\" :  1, \"a\": \"\\u00e9\"}'", "'null'"));
        VALUES.put("jsonb", List.of("'{\"b\": [1.50, null], \"a\": {}}'", "'\"text\"'"));
        VALUES.put("xml", List.of("'<a>&lt;</a>'"));
        VALUES.put("inet", List.of("'192.168.0.1/24'", "'::1'"));
        VALUES.put("cidr", List.of("'10.0.0.0/8'"));
        VALUES.put("macaddr", List.of("'08:00:2b:01:02:03'"));
        VALUES.put("bit(1)", List.of("B'1'"));
        VALUES.put("bit(10)", List.of("B'0000000001'"));
        VALUES.put("bit varying(20)", List.of("B''", "B'00101'"));
        VALUES.put("money", List.of("'-1234567.89'", "'0'"));
        VALUES.put("point", List.of("'(1.5,-2)'"));
        VALUES.put("line", List.of("'{1,2,3}'"));
        VALUES.put("lseg", List.of("'[(1,2),(3,4)]'"));
        VALUES.put("box", List.of("'(3,4),(1,2)'"));
        VALUES.put("path", List.of("'[(1,2),(3,4)]'", "'((1,2),(3,4))'"));
        VALUES.put("polygon", List.of("'((1,2),(3,4),(5,6))'"));
        VALUES.put("circle", List.of("'<(1,2),3.25>'"));
        VALUES.put("int4range", List.of("'[1,10)'", "'empty'"));
        VALUES.put("tstzrange", List.of("'[2024-01-01 00:00+00,)'"));
        VALUES.put("int[]", List.of("'{}'", "'{1,NULL,3}'", "'{{1,2},{3,4}}'"));
        VALUES.put("text[]", List.of("'{\"a,b\",\"\",NULL,\"\\\"\"}'"));
        VALUES.put("timestamptz[]", List.of("'{2024-01-01 00:00+00}'"));
        VALUES.put("numeric(10, 2)[]", List.of("'{1.5,NaN}'"));
        VALUES.put("jsonb[]", List.of("ARRAY['{\"a\": 1}'::jsonb]"));
        VALUES.put("tsvector", List.of("'fat:2 cat:3A'"));
        VALUES.put("tsquery", List.of("'fat & !cat'"));
        VALUES.put("pg_lsn", List.of("'16/B374D848'"));
        VALUES.put("mood", List.of("'sad'", "'not so sad'"));
        VALUES.put("mood[]", List.of("'{sad}'"));
        VALUES.put("cents", List.of("12.30"));
        VALUES.put("many_cents", List.of("'{12.30,1}'"));
        VALUES.put("pair", List.of("ROW(1, 'b c')"));
    }

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
    void everyTypeHasOneValueFromBoth() throws Exception {
        SourceConfig.Postgres source = stack.postgres("types");
        try (Database database = stack.database("types")) {
            database.run(
                    "CREATE TYPE mood AS ENUM ('sad', 'not so sad')",
                    "CREATE DOMAIN cents AS numeric(12, 2) CHECK (VALUE > 0)",
                    "CREATE DOMAIN many_cents AS numeric(12, 2)[]",
                    "CREATE TYPE pair AS (a int, b text)",
                    "CREATE TABLE every (id int PRIMARY KEY" + columns() + ")");
            insert(database, 0);
            try (Running capture = Running.start(stack.pipeline("types", source), source)) {
                capture.streaming();
                insert(database, 1_000);
                KafkaLog log = stack.log("types");
                database.awaitCovered(log);
                Map<Integer, Row> read = new LinkedHashMap<>();
                Map<Integer, Row> streamed = new LinkedHashMap<>();
                log.events("every").forEach(event -> {
                    if (event instanceof RowRead found) {
                        read.put((Integer) found.after().get("id"), found.after());
                    } else if (event instanceof RowCreated created) {
                        streamed.put(id(created.after()) - 1_000, created.after());
                    }
                });
                compare(read, streamed);
                assertThat(log.shapes().get("every"))
                        .isEqualTo(read.values().iterator().next().schema());
            }
        }
    }

    private static void compare(Map<Integer, Row> read, Map<Integer, Row> streamed) {
        assertThat(read).hasSize(rows()).hasSameSizeAs(streamed);
        read.forEach((id, row) -> {
            Row other = Objects.requireNonNull(streamed.get(id));
            assertThat(other.schema()).isEqualTo(row.schema());
            for (int i = 1; i < row.schema().columns().size(); i++) {
                String column = row.schema().columns().get(i).sourceType();
                assertThat(other.get(i)).as("row %s, %s", id, column).isEqualTo(row.get(i));
            }
        });
        checkSome(row(read, 0), row(read, 1), row(read, rows() - 1));
    }

    /** What both could have got wrong alike. */
    private static void checkSome(Row first, Row second, Row last) {
        for (int i = 1; i < first.schema().columns().size(); i++) {
            assertThat(first.get(i)).as("%s", first.schema().columns().get(i)).isNotNull();
            assertThat(last.get(i)).as("%s", first.schema().columns().get(i)).isNull();
        }
        assertThat(first.schema().columns().get(indexOf("cents")).type()).isEqualTo(new DataType.Decimal(12, 2));
        assertThat(first.get(indexOf("char(5)"))).isEqualTo("     ");
        assertThat(first.get(indexOf("real"))).isEqualTo(-0.0f);
        assertThat(first.get(indexOf("text"))).isEqualTo("");
        assertThat(first.get(indexOf("timestamptz"))).isEqualTo(1_711_848_600_000_000L);
        assertThat(first.get(indexOf("interval"))).isEqualTo("P0Y10M3DT-4H-5M-6.789S");
        assertThat(first.get(indexOf("int[]"))).isEqualTo("{}");
        assertThat(second.get(indexOf("numeric"))).isEqualTo("1.5000");
        assertThat(second.get(indexOf("numeric(10, 2)"))).isEqualTo(new BigDecimal("-0.10"));
        assertThat(second.get(indexOf("date")))
                .isEqualTo((int) LocalDate.of(-43, 3, 15).toEpochDay());
    }

    private static Row row(Map<Integer, Row> rows, int id) {
        return Objects.requireNonNull(rows.get(id));
    }

    private static int indexOf(String type) {
        return List.copyOf(VALUES.keySet()).indexOf(type) + 1;
    }

    private static int rows() {
        return VALUES.values().stream().mapToInt(List::size).max().orElseThrow() + 1;
    }

    private static int id(Row row) {
        return (Integer) Objects.requireNonNull(row.get("id"));
    }

    private static String columns() {
        StringBuilder columns = new StringBuilder();
        int number = 0;
        for (String type : VALUES.keySet()) {
            columns.append(", c").append(number++).append(' ').append(type);
        }
        return columns.toString();
    }

    /** Each row takes the next value of each type; the last row is all nulls. */
    private static void insert(Database database, int firstId) throws Exception {
        for (int row = 0; row < rows(); row++) {
            StringBuilder values = new StringBuilder().append(firstId + row);
            for (List<String> of : VALUES.values()) {
                values.append(", ").append(row == rows() - 1 ? "NULL" : of.get(Math.min(row, of.size() - 1)));
            }
            database.run("INSERT INTO every VALUES (" + values + ")");
        }
    }

    @Test
    void anInfiniteTimestampStopsTheCaptureAndNamesItsColumn() throws Exception {
        SourceConfig.Postgres source = stack.postgres("infinite");
        try (Database database = stack.database("infinite")) {
            database.run("CREATE TABLE valid (id int PRIMARY KEY, until timestamptz)");
            try (Running capture = Running.start(stack.pipeline("infinite", source), source)) {
                capture.streaming();
                database.run("INSERT INTO valid VALUES (1, 'infinity')");
                assertThat(capture.awaitFailure()).satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE);
                    assertThat(failure.where()).contains("public.valid.until");
                });
            }
        }
    }
}
