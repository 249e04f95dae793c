package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentMappingTest {
    private static final String PURCHASE = "65a1b2c3d4e5f60718293a4b";

    private final VaultModel model = Shop.model();
    private final Changes purchases = Changes.of(Shop.PURCHASES);

    @Test
    void anIdAcrossSourcesBecomesALinkToTheOtherSourcesHub() {
        VaultRows rows = VaultRows.of(model, purchases.created(PURCHASE, null, 5L, null, "new"));

        assertThat(rows.only("link_purchases_users").get("purchases_users_hk"))
                .isEqualTo("5712a44dbc2e91945996e493e6c4c4a6");
        VaultRow hub = rows.only("hub_users");
        assertThat(hub.get("user_id")).isEqualTo(5L);
        assertThat(hub.get("record_source")).isEqualTo("mongo.shop.purchases");
    }

    @Test
    void eachVersionStatesTheWholeSetOfAnArraysRelations() {
        VaultRows rows = VaultRows.of(
                model,
                purchases.created(PURCHASE, null, 5L, items(1, 2), "new"),
                purchases.updated(PURCHASE, null, 5L, items(2, 3, 3), "new"),
                purchases.updated(PURCHASE, null, 5L, items(), "new"),
                purchases.updated(PURCHASE, null, 5L, null, "new"),
                purchases.deleted(PURCHASE, null, null, null, null));

        List<VaultRow> effects = rows.in("sat_purchases_products_effectivity");
        assertThat(effects).extracting(row -> row.get("commit_position")).containsExactly(1L, 1L, 2L, 2L, 3L, 4L, 5L);
        assertThat(effects)
                .extracting(row -> row.get("active"))
                .containsExactly(true, true, true, true, false, false, false);
        assertThat(rows.in("hub_products"))
                .extracting(row -> row.get("product_id"))
                .containsExactly(1L, 2L, 2L, 3L);
        assertThat(rows.in("link_purchases_products").get(1).get("purchases_products_hk"))
                .as("product 2, whatever stands before it in the array")
                .isEqualTo(rows.in("link_purchases_products").get(2).get("purchases_products_hk"));
        assertThat(rows.in("link_purchases_products"))
                .extracting(row -> row.get("purchases_products_hk"))
                .containsExactlyElementsOf(effects.stream()
                        .filter(row -> row.get("active") == Boolean.TRUE)
                        .map(row -> row.get("purchases_products_hk"))
                        .toList());
    }

    @Test
    void aDocumentThatWasNotSentWholeKeepsItsRelations() {
        VaultRows rows = VaultRows.of(model, purchases.updated(PURCHASE, null, 5L, Unavailable.VALUE, "new"));

        assertThat(rows.in("sat_purchases_products_effectivity")).isEmpty();
        assertThat(rows.in("sat_purchases_users_effectivity")).hasSize(1);
    }

    @Test
    void anIdThatDidNotFitItsColumnIsFoundAmongTheMisfits() {
        VaultRows text = VaultRows.of(model, purchases.created(PURCHASE, "{\"user_id\": \"5\"}", null, null, "new"));
        VaultRows none = VaultRows.of(model, purchases.created(PURCHASE, "{\"user_id\": null}", null, null, "new"));

        assertThat(text.only("hub_users").get("user_id")).isEqualTo(5L);
        assertThat(none.in("hub_users")).isEmpty();
        assertThat(none.only("sat_purchases_users_effectivity").get("active")).isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": 7}",
                "{\"id\": 7.0}",
                "{\"id\": \"7\"}",
                "{\"id\": {\"$numberLong\": \"7\"}}",
                "{\"id\": {\"$numberInt\": \"7\"}}",
                "{\"id\": {\"$numberDouble\": \"7.0\"}}",
                "{\"id\": {\"$numberDecimal\": \"7\"}}",
                "{\"x\": {\"id\": 8}, \"id\": 7, \"y\": [[{\"id\": 9}]]}"
            })
    void anIdIsFoundHoweverTheDocumentWritesIt(String product) {
        assertThat(ratedProducts(product)).containsExactly(7L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "7",
                "[]",
                "{\"id\": null}",
                "{\"id\": true}",
                "{\"id\": [7]}",
                "{\"id\": {}}",
                "{\"id\": {\"id\": 7}}",
                "{\"id\": {\"$date\": {\"$numberLong\": \"7\"}}}",
                "{\"id\": 7.5}",
                "{\"id\": \"seven\"}",
                "{\"id\": \"\"}",
                "{\"id\": 9223372036854775808}",
                "{\"id\": 1e999999999}",
                "{\"id\": {\"$numberDecimal\": \"NaN\"}}",
                "[{\"id\": 7}]"
            })
    void whatCanNotBeAKeyIsNoRelation(String product) {
        assertThat(ratedProducts(product)).isEmpty();
    }

    @Test
    void brokenJsonIsRefusedWithoutQuotingIt() {
        assertThatThrownBy(() -> ratedProducts("{\"id\": secret}"))
                .isInstanceOfSatisfying(PipelineException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.RECORD_UNREADABLE);
                    assertThat(e.where()).isEqualTo("mongo.shop.ratings.product");
                })
                .hasMessageContaining("at character 7")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accounts[]|[1, {\"$numberInt\": \"2\"}]|1 2",
                "accounts[][]|[[1], [], [2, 3], 4]|1 2 3",
                "accounts.main|{\"main\": 4}|4",
                "accounts[].of.it[].id|[{\"of\": {\"it\": [{\"id\": 1}, {\"id\": 2}]}}, {\"of\": 3}]|1 2"
            })
    void aPathReachesIntoNestedArrays(String path, String json, String expected) {
        List<Object> found = targets(path, Simple.JSON, json, Simple.INT32);

        assertThat(found).extracting(Object::toString).containsExactly(expected.split(" ", -1));
    }

    @Test
    void anIdTakesTheTypeOfTheKeyThatItNames() {
        assertThat(targets("ref", Simple.JSON, "{\"$oid\": \"" + PURCHASE + "\"}", Simple.TEXT))
                .containsExactly(PURCHASE);
        assertThat(targets("ref", Simple.JSON, "5.0", Simple.TEXT)).containsExactly("5");
        assertThat(targets("ref", Simple.INT32, 5, Simple.TEXT)).containsExactly("5");
        assertThat(targets("ref", Simple.FLOAT64, 5.0, Simple.INT32)).containsExactly(5);
        assertThat(targets("ref", Simple.TEXT, "00000000-0000-0000-0000-00000000000A", Simple.UUID))
                .extracting(Object::toString)
                .containsExactly("00000000-0000-0000-0000-00000000000a");
        assertThat(targets("ref", Simple.JSON, "1.5", new Decimal(4, 2)))
                .extracting(Object::toString)
                .containsExactly("1.50");
        assertThat(targets("ref", Simple.JSON, "true", Simple.TEXT)).containsExactly("true");
        assertThat(targets("ref", Simple.BOOLEAN, true, Simple.INT32)).isEmpty();
        assertThat(targets("ref.id", Simple.TEXT, "5", Simple.INT32)).isEmpty();
    }

    private static String items(long... products) {
        List<String> items = new ArrayList<>();
        LongStream.of(products).forEach(id -> items.add("{\"product_id\": " + id + ", \"quantity\": 1}"));
        return items.toString();
    }

    private List<Object> ratedProducts(String product) {
        VaultRows rows =
                VaultRows.of(model, Changes.of(Shop.RATINGS).created("5ca4bbc7a2dd94ee5816238c", null, product, 5));
        return values(rows, "product_id");
    }

    /** The keys of the target's hub rows that one row with one column leads to. */
    private static List<Object> targets(String path, DataType column, Object value, DataType key) {
        CollectionSchema from = Shapes.table("from")
                .key("id", Simple.INT32)
                .column(path.split("[.\\[]", 2)[0], column)
                .schema();
        CollectionSchema to = Shapes.table("products").key("product_id", key).schema();
        DeclaredModel links =
                VaultFile.parse("links: [{from: from, path: '" + path + "', to: products}]", "vault.yaml");
        VaultModel model = VaultInference.infer(List.of(from, to), links);
        return values(VaultRows.of(model, Changes.of(from).created(1, value)), "product_id");
    }

    private static List<Object> values(VaultRows rows, String column) {
        List<@Nullable Object> found = new ArrayList<>();
        rows.in("hub_products").forEach(row -> found.add(row.get(column)));
        return List.copyOf(found);
    }
}
