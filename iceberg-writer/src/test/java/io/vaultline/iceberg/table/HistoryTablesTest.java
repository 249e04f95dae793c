package io.vaultline.iceberg.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;

class HistoryTablesTest {
    private final HistoryTables tables = MemoryLake.tables();

    @Test
    void aTableIsNamedAfterSourceNamespaceAndCollection() {
        Table table = tables.openOrCreate(schema(id("public", "Order Items"), column("id", Simple.INT32)));

        assertThat(table.name()).endsWith("history.pg_public_order_items");
        assertThat(table.spec().toString()).contains("day(");
        assertThat(table.properties()).containsEntry(HistoryTables.TOPIC_PROPERTY, "test.pg.public.Order-20Items");
    }

    @Test
    void collectionsOfTheSamePlainNameHaveTablesOfTheirOwn() {
        CollectionSchema first = schema(id("a_b", "c"), column("one", Simple.INT32));
        CollectionSchema second = schema(id("a", "b_c"), column("two", Simple.INT32));

        assertThat(tables.openOrCreate(first).name()).endsWith("pg_a_b_c");
        assertThat(tables.openOrCreate(second).name()).matches(".*pg_a_b_c_[0-9a-f]{8}");
        assertThat(tables.find(first.id()).orElseThrow().schema().findField("one"))
                .isNotNull();
        assertThat(tables.find(second.id()).orElseThrow().schema().findField("two"))
                .isNotNull();
    }

    @Test
    void aSecondPipelineInTheSameLakeHasTablesOfItsOwn() {
        InMemoryCatalog catalog = new InMemoryCatalog();
        CollectionSchema schema = schema(id("public", "orders"), column("id", Simple.INT32));
        String first = MemoryLake.tables(catalog, "one").openOrCreate(schema).name();

        assertThat(MemoryLake.tables(catalog, "two").find(schema.id())).isEmpty();
        assertThat(MemoryLake.tables(catalog, "two").openOrCreate(schema).name())
                .isNotEqualTo(first);
    }

    @Test
    void columnsKeepTheSourcesSpellingUnlessItIsAmbiguousOrKept() {
        Table table = tables.openOrCreate(schema(
                id("public", "odd"),
                column("Name", Simple.TEXT),
                column("name", Simple.TEXT),
                column("a.b", Simple.TEXT),
                column("🛒", Simple.TEXT),
                column("_CDC_position", Simple.TEXT),
                column("price__int", Simple.TEXT),
                column("", Simple.TEXT)));

        assertThat(names(table).subList(0, 4)).containsExactly("Name", "name_82a353", "a.b", "🛒");
        assertThat(names(table).get(4)).matches("_CDC_position_[0-9a-f]{6}");
        assertThat(names(table).get(5)).matches("price__int_[0-9a-f]{6}");
        assertThat(names(table).get(6)).matches("_[0-9a-f]{6}");
        assertThat(names(table).get(7)).isEqualTo("_cdc_operation");
    }

    @Test
    void theTableFollowsTheShapeOfTheSourceAndForgetsNothing() {
        CollectionId id = id("public", "orders");
        Table before = tables.openOrCreate(schema(
                id,
                column("id", Simple.INT32),
                column("ratio", Simple.FLOAT32),
                column("price", new DataType.Decimal(10, 2)),
                column("note", Simple.TEXT),
                column("amount", Simple.INT32)));
        int noteId = before.schema().findField("note").fieldId();

        Table after = tables.openOrCreate(schema(
                id,
                column("id", Simple.INT64),
                column("ratio", Simple.FLOAT64),
                column("price", new DataType.Decimal(12, 2)),
                column("amount", Simple.TEXT),
                column("added.later", Simple.UUID)));

        assertThat(type(after, "id")).isEqualTo(Types.LongType.get());
        assertThat(type(after, "ratio")).isEqualTo(Types.DoubleType.get());
        assertThat(type(after, "price")).isEqualTo(Types.DecimalType.of(12, 2));
        assertThat(type(after, "amount")).isEqualTo(Types.IntegerType.get());
        assertThat(type(after, "amount__string")).isEqualTo(Types.StringType.get());
        assertThat(type(after, "added.later")).isEqualTo(Types.UUIDType.get());
        assertThat(after.schema().findField("note").fieldId()).isEqualTo(noteId);
        assertThat(names(after).indexOf("added.later")).isLessThan(names(after).indexOf("_cdc_operation"));
    }

    @Test
    void anOldShapeThatComesAgainChangesNothing() {
        CollectionId id = id("public", "orders");
        CollectionSchema old = schema(id, column("id", Simple.INT32), column("dropped", Simple.DATE));
        tables.openOrCreate(old);
        Table wide = tables.openOrCreate(schema(id, column("id", Simple.INT64)));
        Table again = tables.openOrCreate(old);

        assertThat(again.schema().asStruct()).isEqualTo(wide.schema().asStruct());
        assertThat(again.schemas()).hasSize(2);
    }

    @Test
    void decimalsOfAnotherScaleStandBeside() {
        CollectionId id = id("public", "orders");
        tables.openOrCreate(schema(id, column("price", new DataType.Decimal(10, 2))));
        Table table = tables.openOrCreate(schema(id, column("price", new DataType.Decimal(10, 4))));

        assertThat(names(table)).startsWith("price", "price__decimal_10_4");
    }

    private static CollectionId id(String namespace, String name) {
        return new CollectionId("pg", namespace, name);
    }

    private static Column column(String name, DataType type) {
        return new Column(name, type, "any", true);
    }

    private static CollectionSchema schema(CollectionId id, Column... columns) {
        return new CollectionSchema(id, CollectionKind.TABLE, List.of(columns), List.of(), List.of());
    }

    private static List<String> names(Table table) {
        List<String> names = new ArrayList<>();
        table.schema().columns().forEach(field -> names.add(field.name()));
        return names;
    }

    private static Type type(Table table, String column) {
        NestedField field = table.schema().findField(column);
        assertThat(field).as(column).isNotNull();
        return field.type();
    }
}
