package io.vaultline.clickhouse.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.clickhouse.server.ClickHouseGateway;
import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vault follows the source's shape without a row lost or a load stopped. */
class EvolutionIT {
    @TempDir
    static Path directory;

    private static Devstack stack;
    private static ClickHouseGateway server;

    private long position;

    @BeforeAll
    static void start() {
        stack = Devstack.builder()
                .directory(directory)
                .servers(EnumSet.of(ServerKind.CLICKHOUSE))
                .start();
        server = VaultFixture.gateway(stack);
    }

    @AfterAll
    static void stop() {
        server.close();
        stack.close();
    }

    @Test
    void aVaultThatIsThereNeedsNothing() {
        CollectionSchema shape = shape(new Column("a", Simple.INT32, "int4", true));
        VaultFixture first = new VaultFixture(server, "same", shape);

        VaultFixture second = new VaultFixture(server, "same", shape);

        assertThat(first.plan().unfilledTables()).contains("hub_things", "sat_things", "truncation");
        assertThat(second.plan().unfilledTables()).isEmpty();
        assertThat(second.plan().tableStatements()).isEmpty();
    }

    @Test
    void aNewColumnIsNullForWhatCameBefore() {
        CollectionSchema before = shape();
        new VaultFixture(server, "wider", before).load(List.of(created(before, 1)));
        CollectionSchema after = shape(new Column("a", Simple.TEXT, "text", true));
        VaultFixture vault = new VaultFixture(server, "wider", after);

        vault.load(List.of(created(after, 2, "x")));

        assertThat(values(vault, Simple.TEXT)).containsExactly(List.of(2, "x"), Arrays.asList(1, null));
    }

    @Test
    void aColumnOfAnotherTypeKeepsShowingWhatItHeld() {
        DataType[] types = {Simple.INT32, Simple.TEXT, new Decimal(12, 2), Simple.INT32, Simple.UUID};
        @Nullable Object[] values = {7, "12.5", new BigDecimal("3.25"), 9, null};
        VaultFixture vault = null;
        for (int i = 0; i < types.length; i++) {
            CollectionSchema shape = shape(new Column("a", types[i], "any", true));
            vault = new VaultFixture(server, "types", shape);
            vault.load(List.of(created(shape, i, values[i])));
            if (i == 1) {
                assertThat(values(vault, Simple.TEXT)).containsExactly(List.of(1, "12.5"), List.of(0, "7"));
            } else if (i == 2) {
                assertThat(values(vault, types[2]))
                        .containsExactly(
                                List.of(2, new BigDecimal("3.25")),
                                List.of(1, new BigDecimal("12.50")),
                                List.of(0, new BigDecimal("7.00")));
            } else if (i == 3) {
                assertThat(vault.plan().tableStatements())
                        .as("the column of the first type is there still")
                        .isEmpty();
                assertThat(values(vault, Simple.INT32))
                        .as("what is no whole number has no place in the view, but stays in the satellite")
                        .containsExactly(List.of(3, 9), Arrays.asList(2, null), Arrays.asList(1, null), List.of(0, 7));
            } else if (i == 4) {
                assertThat(values(vault, Simple.UUID))
                        .extracting(row -> row.get(1))
                        .containsOnlyNulls();
            }
        }
    }

    @Test
    void aValueThatWasNotSentIsFoundUnderItsFormerType() {
        CollectionSchema before = shape(new Column("a", Simple.INT32, "int4", true));
        new VaultFixture(server, "unsent", before).load(List.of(created(before, 1, 5)));
        CollectionSchema after =
                shape(new Column("a", Simple.INT64, "int8", true), new Column("b", Simple.TEXT, "text", true));
        VaultFixture vault = new VaultFixture(server, "unsent", after);

        Row update = new Row(after, 1, Unavailable.VALUE, "x");
        vault.load(List.of(new RowUpdated(header(after), null, update)));

        assertThat(vault.state(after, Long.MAX_VALUE)).containsExactly(new Row(after, 1, 5L, "x"));
    }

    @Test
    void aKeyOfAnotherTypeStaysOneRow() {
        CollectionSchema before = schema(new Column("id", Simple.INT32, "int4", false), "a");
        new VaultFixture(server, "keys", before).load(List.of(created(before, 1, "old"), created(before, 2, "old")));
        CollectionSchema after = schema(new Column("id", Simple.INT64, "int8", false), "a");
        VaultFixture vault = new VaultFixture(server, "keys", after);

        vault.load(List.of(new RowUpdated(header(after), null, new Row(after, 1L, "new"))));

        assertThat(vault.state(after, Long.MAX_VALUE))
                .containsExactlyInAnyOrder(new Row(after, 1L, "new"), new Row(after, 2L, "old"));
    }

    @Test
    void theFirstLoadOfAKeyWinsWhateverOrderItComesIn() {
        CollectionSchema shape = shape(new Column("a", Simple.TEXT, "text", true));
        VaultFixture vault = new VaultFixture(server, "first", shape);
        DataChangeEvent first = created(shape, 1, "x");
        DataChangeEvent second = created(shape, 1, "y");

        vault.load(List.of(second));
        vault.load(List.of(first));
        server.execute("OPTIMIZE TABLE first.hub_things FINAL");

        List<Object> positions = new ArrayList<>();
        server.query(
                "SELECT toInt64(commit_position) AS p FROM first.hub_things",
                List.of(VaultFixture.column("p", Simple.INT64)),
                row -> positions.add(row[0]));
        assertThat(positions).containsExactly(first.order().commitPosition());
    }

    @Test
    void aTableOfHundredsOfColumnsHasItsViews() {
        Column[] columns = new Column[400];
        Arrays.setAll(columns, i -> new Column("a_column_with_a_long_name_" + i, Simple.TEXT, "text", true));
        CollectionSchema shape = shape(columns);
        VaultFixture vault = new VaultFixture(server, "wide", shape);
        @Nullable Object[] values = new @Nullable Object[columns.length + 1];
        values[0] = 1;

        vault.load(List.of(created(shape, values)));

        assertThat(vault.state(shape, Long.MAX_VALUE)).containsExactly(new Row(shape, values));
    }

    @Test
    void theScriptMakesTheVaultOnAnotherServer() {
        VaultPlan plan = new VaultFixture(server, "scripted", shape()).plan();

        String script = plan.script();

        assertThat(script)
                .startsWith("CREATE DATABASE IF NOT EXISTS `scripted`;")
                .contains("CREATE TABLE IF NOT EXISTS `scripted`.`hub_things`")
                .contains("CREATE OR REPLACE VIEW `scripted`.`things_history`");
        for (String statement : script.replace("`scripted`", "`copied`").split(";\n", -1)) {
            if (!statement.isBlank()) {
                server.execute(statement);
            }
        }
        assertThat(ServerTables.read(server, "copied").has("sat_things")).isTrue();
    }

    private static List<List<@Nullable Object>> values(VaultFixture vault, DataType type) {
        List<WireColumn> columns = List.of(VaultFixture.column("id", Simple.INT32), VaultFixture.column("a", type));
        return vault.view("things_current", columns, "id DESC").stream()
                .map(Arrays::asList)
                .toList();
    }

    private static CollectionSchema shape(Column... more) {
        List<Column> columns = new ArrayList<>(List.of(new Column("id", Simple.INT32, "int4", false)));
        columns.addAll(Arrays.asList(more));
        return new CollectionSchema(
                new CollectionId("pg", "public", "things"), CollectionKind.TABLE, columns, List.of("id"), List.of());
    }

    private static CollectionSchema schema(Column key, String text) {
        return new CollectionSchema(
                new CollectionId("pg", "public", "things"),
                CollectionKind.TABLE,
                List.of(key, new Column(text, Simple.TEXT, "text", true)),
                List.of("id"),
                List.of());
    }

    private DataChangeEvent created(CollectionSchema shape, @Nullable Object... values) {
        return new RowCreated(header(shape), new Row(shape, values), null);
    }

    private ChangeHeader header(CollectionSchema shape) {
        position++;
        return new ChangeHeader(shape, new CommitOrder(position, 1), position, null);
    }
}
