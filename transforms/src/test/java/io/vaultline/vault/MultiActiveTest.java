package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.PipelineException;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.ElementColumn;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.MultiActiveSpec;
import io.vaultline.vault.model.VaultModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays of documents as sets in a multi-active satellite. */
class MultiActiveTest {
    private static final String TABLE = "sat_purchases_items";
    private static final String ID = "65a1b2c3d4e5f60718293a4b";
    private static final String BY_PRODUCT = """
            entities:
              - name: purchases
                satellites:
                  - {name: items, array: items, sub-key: [product_id],
                     columns: {product_id: int64, quantity: int32, price: decimal}}
            """;
    private static final String BY_PLACE = """
            entities:
              - name: purchases
                satellites:
                  - {name: items, array: items, columns: {product_id: int64, of.color: text}}
            """;

    private final VaultModel model = model(BY_PRODUCT);
    private final Changes purchases = Changes.of(Shop.PURCHASES);

    @Test
    void eachVersionStatesTheWholeSet() {
        VaultRows rows = VaultRows.of(
                model,
                created("[{\"product_id\": 7, \"quantity\": 1, \"price\": 2.50}, {\"product_id\": 8}]"),
                created("[{\"product_id\": 8}]"),
                created("[]"),
                created(null),
                purchases.deleted(ID, null, null, null, null));

        assertThat(rows.in(TABLE))
                .extracting(row -> row.get("commit_position") + ": " + row.get("set_number") + " "
                        + row.get("product_id") + " " + row.get("quantity") + " " + row.get("price") + " "
                        + row.get("deleted"))
                .containsExactly(
                        "1: 1 7 1 2.500000000 false",
                        "1: 1 8 null null false",
                        "2: 1 8 null null false",
                        "3: 0 null null null false",
                        "4: 0 null null null false",
                        "5: 0 null null null true");
        assertThat(rows.in(TABLE)).extracting(row -> row.get("purchases_hk")).containsOnly(hashKey(rows));
    }

    @Test
    void theSubKeyFindsAnElementAgainWhereverItStands() {
        VaultRows rows = VaultRows.of(
                model,
                created("[{\"product_id\": 7, \"quantity\": 1}, {\"product_id\": 8}]"),
                created("[{\"product_id\": 8}, {\"quantity\": 1, \"product_id\": \"7\"}]"));

        assertThat(set(rows, 1)).isEqualTo(set(rows, 2)).hasSize(2);
    }

    @Test
    void elementsOfOneSubKeyAreKeptApartByANumber() {
        VaultRows rows = VaultRows.of(
                model,
                created("[{\"product_id\": 7}, {\"product_id\": 7}, {\"quantity\": 1}, {\"product_id\": 7}, null, 5]"));

        assertThat(rows.in(TABLE))
                .extracting(row -> row.get("product_id") + " " + row.get("set_number") + " " + row.get("misfits"))
                .containsExactly(
                        "7 1 []", "7 2 []", "null 1 []", "7 3 []", "null 2 []", "null 3 [product_id, quantity, price]");
        assertThat(new HashSet<>(rows.in(TABLE).stream().map(VaultRow::identity).toList()))
                .hasSize(6);
    }

    @Test
    void withoutASubKeyTheirPlaceTellsElementsApart() {
        VaultRows rows = VaultRows.of(
                model(BY_PLACE),
                created("[{\"product_id\": 7, \"of\": {\"color\": \"red\"}}, {\"product_id\": 7}]"),
                created("[{\"product_id\": 7}, {\"product_id\": 7, \"of\": {\"color\": \"red\"}}]"));

        assertThat(rows.in(TABLE))
                .extracting(row -> row.get("set_number") + " " + row.get("of_color"))
                .containsExactly("1 red", "2 null", "1 null", "2 red");
        assertThat(set(rows, 1)).isNotEqualTo(set(rows, 2));
    }

    @Test
    void anArrayThatWasNotSentSaysNothing() {
        VaultRows rows = VaultRows.of(model, purchases.updated(ID, null, 5L, Unavailable.VALUE, "new"));

        assertThat(rows.in(TABLE)).isEmpty();
    }

    @Test
    void aRowThatMovedWithoutItsArrayNamesTheKeyThatItHad() {
        Row before = new Row(Shop.PURCHASES, ID, null, null, null, null).keyOnly();
        Row after = new Row(Shop.PURCHASES, "other", null, 5L, Unavailable.VALUE, "new");
        VaultRows rows = VaultRows.of(
                model,
                created("[{\"product_id\": 7}]"),
                new RowDeleted(header(2, 1), before, after.keyOnly()),
                new RowCreated(header(2, 2), after, before));

        VaultRow moved = rows.in(TABLE).get(2);
        assertThat(moved.get("set_number")).isEqualTo(0L);
        assertThat(moved.get("deleted")).isEqualTo(false);
        assertThat(moved.get("moved_from"))
                .isEqualTo(rows.in(TABLE).get(0).get("purchases_hk"))
                .isNotEqualTo(moved.get("purchases_hk"));
    }

    @Test
    void aTruncationEndsEverySetByItself() {
        assertThat(VaultRows.of(model, purchases.truncated()).in(TABLE)).isEmpty();
    }

    @Test
    void anArrayIsFoundAmongTheMisfits() {
        VaultRows rows = VaultRows.of(
                model,
                purchases.created(
                        ID,
                        "{\"items\": [{\"product_id\": {\"$numberLong\": \"7\"}, \"price\": {\"$numberDecimal\": \"1.5\"}}]}",
                        null,
                        null,
                        "new"));

        assertThat(rows.only(TABLE).get("product_id")).isEqualTo(7L);
        assertThat(rows.only(TABLE).get("price")).hasToString("1.500000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "5", "\"text\"", "{\"product_id\": 7}", "{\"$numberLong\": \"7\"}"})
    void whatIsNoArrayIsAnEmptySetThatSaysSo(String items) {
        VaultRow row = VaultRows.of(model, created(items)).only(TABLE);

        assertThat(row.get("set_number")).isEqualTo(0L);
        assertThat(row.get("misfits")).isEqualTo(List.of("items"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int64|9223372036854775807|9223372036854775807",
                "int64|1.5|-",
                "int32|{\"$numberDouble\": \"7.0\"}|7",
                "int32|2147483648|-",
                "text|\"a\"|a",
                "text|5|5",
                "text|{\"$oid\": \"65a1\"}|65a1",
                "text|[1]|-",
                "decimal(4, 2)|12.5|12.50",
                "decimal(4, 2)|12.505|-",
                "numeric|1e3|1000",
                "float64|1.5|1.5",
                "float64|{\"$numberDouble\": \"NaN\"}|NaN",
                "int64|{\"$numberDouble\": \"NaN\"}|-",
                "boolean|true|true",
                "boolean|\"true\"|-",
                "uuid|\"00000000-0000-0000-0000-00000000000A\"|00000000-0000-0000-0000-00000000000a",
                "date|\"1970-01-02\"|1",
                "date|\"1970-02-30\"|-",
                "timestamp_tz|\"1970-01-01T00:00:01.5Z\"|1500000",
                "timestamp_tz|\"1970-01-01 01:00:00+01:00\"|0",
                "timestamp_tz|\"1970-01-01T00:00:01\"|-",
                "timestamp_tz|{\"$date\": \"1970-01-01T00:00:01Z\"}|1000000",
                "timestamp_tz|{\"$date\": {\"$numberLong\": \"-1\"}}|-1000",
                "timestamp|\"1970-01-01T00:00:01\"|1000000",
                "timestamp|\"1970-01-01T00:00:01.0000001\"|-",
                "json|{\"b\":  [1, {}]}|{\"b\":  [1, {}]}",
                "json|{\"$numberLong\": \"7\"}|{\"$numberLong\": \"7\"}",
                "json|\"x\"|\"x\""
            })
    void aValueFitsItsTypeExactlyOrNotAtAll(String type, String json, String expected) {
        VaultModel typed = model("entities: [{name: purchases, satellites: [{name: items, array: items, columns: {v: '"
                + type + "'}}]}]");
        VaultRow row = VaultRows.of(typed, created("[{\"v\": " + json + " }]")).only(TABLE);

        boolean fits = !expected.equals("-");
        assertThat(Objects.toString(row.get("v"))).isEqualTo(fits ? expected : "null");
        assertThat(row.get("misfits")).isEqualTo(fits ? List.of() : List.of("v"));
    }

    @Test
    void anElementCanBeThePlainValueItself() {
        VaultModel plain = model("entities: [{name: purchases, satellites: [{name: items, array: items,"
                + " sub-key: [.], columns: {.: int64}}]}]");
        VaultRows rows = VaultRows.of(plain, created("[3, \"4\", [5], 3]"));

        assertThat(rows.in(TABLE))
                .extracting(row -> row.get("value") + " " + row.get("set_number"))
                .containsExactly("3 1", "4 1", "null 1", "3 2");
    }

    @Test
    void anArrayCanStandWithinADocument() {
        VaultModel nested = model("entities: [{name: purchases, satellites: [{name: items, array: items.all,"
                + " columns: {id: int64}}]}]");

        assertThat(VaultRows.of(nested, created("{\"n\": 1, \"all\": [{\"id\": 7}]}"))
                        .only(TABLE)
                        .get("id"))
                .isEqualTo(7L);
        assertThat(VaultRows.of(nested, created("[]")).only(TABLE).get("misfits"))
                .isEqualTo(List.of("items.all"));
    }

    @Test
    void aColumnIsNotCalledLikeOneOfTheVaults() {
        VaultModel clash = model("entities: [{name: purchases, satellites: [{name: items, array: items, columns:"
                + " {set_number: int64, deleted: text, a.b: text, a_b: text}}]}]");

        assertThat(((MultiActiveSpec) entity(clash).sets().get(0)).columns())
                .extracting(ElementColumn::name)
                .containsExactly("set_number_src", "deleted_src", "a_b", "a_b_src");
    }

    @Test
    void whateverOrderChangesComeInAndHoweverOftenTheRowsAreTheSame() {
        List<DataChangeEvent> events = new ArrayList<>(List.of(
                created("[{\"product_id\": 7}]"),
                created("[{\"product_id\": 7}, {\"product_id\": 7, \"quantity\": 2}]"),
                purchases.deleted(ID, null, null, null, null),
                created("[]")));
        Set<VaultRow> once =
                new HashSet<>(VaultRows.of(new VaultMapper(model), events).in(TABLE));
        events.addAll(List.copyOf(events));
        Collections.reverse(events);

        List<VaultRow> twice = VaultRows.of(new VaultMapper(model), events).in(TABLE);
        assertThat(new HashSet<>(twice)).isEqualTo(once);
        assertThat(once.stream().map(VaultRow::identity).distinct()).hasSameSizeAs(once);
    }

    @Test
    void longTextsAndDeepDocumentsAreCutOutExactly() {
        String deep = "[".repeat(50_000) + "]".repeat(50_000);
        String text = "\"" + "x\\\"é\\u0001".repeat(10_000) + "\"";
        VaultModel raw = model("entities: [{name: purchases, satellites: [{name: items, array: items, columns:"
                + " {deep: json, text: json}}]}]");
        VaultRow row = VaultRows.of(raw, created("[ {\"text\" : " + text + " , \"deep\":" + deep + "}]"))
                .only(TABLE);

        assertThat(row.get("deep")).isEqualTo(deep);
        assertThat(row.get("text")).isEqualTo(text);
    }

    @Test
    void brokenJsonIsRefusedWithoutQuotingIt() {
        assertThatThrownBy(() -> VaultRows.of(model, created("[{\"product_id\": secret}]")))
                .isInstanceOf(PipelineException.class)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    private DataChangeEvent created(@Nullable String items) {
        return purchases.created(ID, null, 5L, items, "new");
    }

    private static ChangeHeader header(long position, long ordinal) {
        return new ChangeHeader(Shop.PURCHASES, new CommitOrder(position, ordinal), position, null);
    }

    private static Object hashKey(VaultRows rows) {
        return Objects.requireNonNull(rows.in("hub_purchases").get(0).get("purchases_hk"));
    }

    /** What identifies the rows of a version, and what they hold. */
    private static Set<List<Object>> set(VaultRows rows, long position) {
        Set<List<Object>> set = new HashSet<>();
        rows.in(TABLE).stream()
                .filter(row -> row.order("commit_position") == position)
                .forEach(row -> set.add(List.of(
                        Objects.requireNonNull(row.get("sub_key")),
                        row.order("set_number"),
                        Objects.requireNonNull(row.get("hashdiff")))));
        return set;
    }

    private static EntitySpec entity(VaultModel model) {
        return model.entityOf(Shop.PURCHASES.id()).orElseThrow();
    }

    private static VaultModel model(String file) {
        DeclaredModel declared = VaultFile.parse(file, "vault.yaml");
        List<CollectionSchema> schemas = Shop.schemas();
        VaultModel model = VaultInference.infer(schemas, declared);
        declared.check(model);
        return model;
    }
}
