package io.vaultline.clickhouse.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.clickhouse.server.ClientGateway;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Infinity;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What computed columns must show. */
final class ComputedViews {
    private static final CollectionSchema THINGS = new CollectionSchema(
            new CollectionId("pg", "public", "things"),
            CollectionKind.TABLE,
            List.of(
                    new Column("id", Simple.INT32, "int4", false),
                    new Column("Full Name", Simple.TEXT, "text", true),
                    new Column("price", new Decimal(12, 2), "numeric", true),
                    new Column("pieces", Simple.INT64, "int8", true),
                    new Column("huge", Simple.NUMERIC, "numeric", true),
                    new Column("ratio", Simple.FLOAT64, "float8", true),
                    new Column("day", Simple.DATE, "date", true),
                    new Column("at", Simple.TIMESTAMP_TZ, "timestamptz", true),
                    new Column("ok", Simple.BOOLEAN, "bool", true)),
            List.of("id"),
            List.of());
    private static final Row PLAIN = new Row(
            THINGS, 1, " Ann@X.org ", new BigDecimal("12.50"), 3L, "0.1", 0.5, 19_000, 1_700_000_000_000_000L, true);
    private static final Row NOTHING = new Row(THINGS, 2, null, null, null, null, null, null, null, null);

    /** Expressions of {@link #PLAIN}, each with its type and value. */
    private static final List<List<String>> EXPECTED = List.of(
            List.of("lower(after(trim(`Full Name`), '@'))", "text", "x.org"),
            List.of("before(`Full Name`, '#')", "text", "\\N"),
            List.of("concat(upper(substring(`Full Name`, 2, 3)), '-', text(price))", "text", "ANN-12.5"),
            List.of("substring('äöü', 0, 2)", "text", "äö"),
            List.of("price * pieces - 0.005", "decimal(12, 2)", "37.5"),
            List.of("price * pieces", "decimal(3, 2)", "\\N"),
            List.of("price / 3", "decimal(12, 4)", "4.1667"),
            List.of("price / (pieces - 3)", "float64", "\\N"),
            List.of("huge + 0.2 = 0.3", "boolean", "true"),
            List.of("ratio * 10 + number(' 2.0 ')", "int32", "7"),
            List.of("price", "int64", "\\N"),
            List.of("if(price > 10 and not ok, 'a', 'b')", "text", "b"),
            List.of("if(null = 1, 'a')", "text", "\\N"),
            List.of("coalesce(before(`Full Name`, '#'), 'none')", "text", "none"),
            List.of("ok or price / 0 > 1", "boolean", "true"),
            List.of("`Full Name` is not null", "boolean", "true"),
            List.of("year(at) * 100 + month(day)", "int32", "202301"),
            List.of("date(at)", "date", "2023-11-14"),
            List.of("at", "timestamp_tz", "2023-11-14 22:13:20.000000"),
            List.of("-pieces", "int16", "-3"));

    private ComputedViews() {}

    static void showValues(ClientGateway server) {
        VaultFixture vault = new VaultFixture(
                server,
                "computed",
                file(EXPECTED.stream()
                        .map(expected -> "type: '" + expected.get(1) + "', is: \"" + expected.get(0) + "\"")
                        .toList()),
                THINGS);
        vault.load(List.of(new RowCreated(at(1), PLAIN, null), new RowCreated(at(1), NOTHING, null)));

        List<String> values = List.of(server.lines("SELECT " + columns() + " FROM computed.things_current WHERE id = 1")
                .get(0)
                .split("\t", -1));
        for (int i = 0; i < values.size(); i++) {
            assertThat(values.get(i))
                    .as(EXPECTED.get(i).get(0))
                    .isEqualTo(EXPECTED.get(i).get(2));
        }
        assertThat(server.lines("SELECT c0, c4, c15 FROM computed.things_current WHERE id = 2"))
                .containsExactly("\\N\t\\N\tfalse");
        assertThat(vault.state(THINGS, 1)).containsExactlyInAnyOrder(PLAIN, NOTHING);
    }

    private static String columns() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < EXPECTED.size(); i++) {
            names.add("c" + i);
        }
        return String.join(", ", names);
    }

    /** Of two columns the one is sent with one change, the other with another: neither is taken for null, or as it was. */
    static void showHalfSentRows(ClientGateway server) {
        VaultFixture vault = new VaultFixture(
                server, "half", file(List.of("type: 'decimal(14, 2)', is: 'price * coalesce(pieces, 0)'")), THINGS);
        Unavailable unsent = Unavailable.VALUE;
        List<DataChangeEvent> changes = List.of(
                new RowCreated(at(1), thing("2.00", 3L), null),
                new RowUpdated(at(2), null, thing(unsent, 5L)),
                new RowUpdated(at(3), null, thing("3.00", unsent)),
                new RowUpdated(at(4), null, thing(unsent, null)),
                new RowUpdated(at(5), null, thing("4.00", unsent)));
        for (int i = changes.size() - 1; i >= 0; i--) {
            vault.load(List.of(changes.get(i)));
        }

        assertThat(server.lines("SELECT c0 FROM half.things_history ORDER BY valid_from"))
                .containsExactly("6", "10", "15", "0", "0");
        assertThat(server.lines("SELECT c0 FROM half.things_current")).containsExactly("0");
    }

    private static Row thing(Object price, @Nullable Object pieces) {
        Object amount = price instanceof String text ? new BigDecimal(text) : price;
        return new Row(THINGS, 1, null, amount, pieces, null, null, null, null, null);
    }

    /** No expression fails, whatever the values are. */
    static void neverFail(ClientGateway server, long seed) {
        Random random = new Random(seed);
        RandomExpressions expressions = new RandomExpressions(random);
        Map<String, String> statements = new LinkedHashMap<>();
        while (statements.size() < 60) {
            String type = RandomExpressions.TYPES.get(random.nextInt(RandomExpressions.TYPES.size()));
            String text = expressions.of(type);
            if (text.length() <= 500) {
                statements.put(text, type);
            }
        }
        String database = "random_" + seed;
        List<String> columns = statements.entrySet().stream()
                .map(entry -> "type: '" + entry.getValue() + "', is: \"" + entry.getKey() + "\"")
                .toList();
        VaultFixture vault = new VaultFixture(server, database, file(columns), THINGS);
        List<DataChangeEvent> rows = new ArrayList<>(List.of(new RowCreated(at(1), NOTHING, null)));
        for (int id = 3; id < 40; id++) {
            rows.add(new RowCreated(at(1), expressions.row(THINGS, id), null));
        }
        vault.load(rows);

        assertThat(server.lines("SELECT * FROM " + database + ".things_current"))
                .as("seed %d", seed)
                .hasSize(38);
        assertThat(server.lines("SELECT * FROM " + database + ".things_history"))
                .hasSize(38);
        server.execute("DROP DATABASE " + database);
    }

    private static DeclaredModel file(List<String> columns) {
        List<String> computed = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            computed.add("{name: c" + i + ", " + columns.get(i) + "}");
        }
        String text = computed.stream()
                .collect(Collectors.joining(",\n    ", "entities:\n  - {name: things, computed: [\n    ", "]}"));
        return VaultFile.parse(text, "vault.yaml");
    }

    private static ChangeHeader at(long position) {
        return new ChangeHeader(THINGS, new CommitOrder(position, 1), position, null);
    }

    /** Values at the ends of their types. */
    static final Map<String, List<@Nullable Object>> EXTREMES = extremes();

    private static Map<String, List<@Nullable Object>> extremes() {
        Map<String, List<@Nullable Object>> values = new LinkedHashMap<>();
        values.put("Full Name", list("", "@", " a@b ", "12", "-1e60", "9".repeat(80), "ä\u0000'\\", null));
        values.put(
                "price", list(new BigDecimal("9999999999.99"), new BigDecimal("0.00"), new BigDecimal("-0.01"), null));
        values.put("pieces", list(Long.MAX_VALUE, Long.MIN_VALUE, 0L, 1L, null));
        values.put(
                "huge",
                list(
                        "9".repeat(57),
                        "-" + "9".repeat(58),
                        "1" + "0".repeat(70),
                        "NaN",
                        "0.00000000000000000001",
                        null));
        values.put("ratio", list(Double.NaN, Double.POSITIVE_INFINITY, 1e300, -1e56, 1e-300, 0.1, null));
        values.put("day", list(Infinity.DATE, Infinity.MINUS_DATE, 0, -700_000, 3_000_000, null));
        values.put("at", list(Infinity.TIMESTAMP, Infinity.MINUS_TIMESTAMP, 0L, -60_000_000_000_000_000L, null));
        values.put("ok", list(true, false, null));
        return values;
    }

    private static List<@Nullable Object> list(@Nullable Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }
}
