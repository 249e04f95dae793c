package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.hash.HashAlgorithm;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VaultMapperTest {
    private static final String NOWHERE = "00".repeat(HashAlgorithm.SHA_256_128.bytes());
    private static final String NOTHING = hex(new HashContract().hash());

    private final VaultModel model = Shop.model();
    private final Changes products = Changes.of(Shop.PRODUCTS);

    @Test
    void aRowBecomesItsHubAndAVersion() {
        VaultRows rows = VaultRows.of(model, product(7L, 3, 4, "9.50", "round"));

        VaultRow hub = rows.only("hub_products");
        assertThat(hub.get("products_hk")).isEqualTo(key("pg", Simple.INT64, 7L));
        assertThat(hub.get("product_id")).isEqualTo(7L);
        assertThat(hub.get("record_source")).isEqualTo("pg.public.products");
        assertThat(hub.get("load_ts")).isEqualTo(Changes.START_MICROS + 1_000_000);
        assertThat(hub.get("commit_position")).isEqualTo(1L);
        assertThat(hub.get("commit_ordinal")).isEqualTo(1L);
        VaultRow version = rows.only("sat_products");
        assertThat(version.get("products_hk")).isEqualTo(hub.get("products_hk"));
        assertThat(version.get("price")).isEqualTo(new BigDecimal("9.50"));
        assertThat(version.get("attributes")).isNull();
        assertThat(version.get("deleted")).isEqualTo(false);
        assertThat(version.get("unavailable")).isEqualTo(List.of());
        assertThat(version.get("hashdiff"))
                .isEqualTo(hex(new HashContract()
                        .text("category_id")
                        .value(Simple.INT32, 4)
                        .text("description")
                        .value(Simple.TEXT, "round")
                        .text("price")
                        .value(new Decimal(12, 2), new BigDecimal("9.50"))
                        .text("seller_id")
                        .value(Simple.INT32, 3)
                        .hash()));
    }

    @Test
    void aForeignKeyBecomesALinkOverBothBusinessKeys() {
        VaultRows rows = VaultRows.of(model, product(7L, 3, null, "9.50", ""));

        VaultRow link = rows.only("link_products_sellers");
        assertThat(link.get("products_hk")).isEqualTo(key("pg", Simple.INT64, 7L));
        assertThat(link.get("sellers_hk")).isEqualTo(key("pg", Simple.INT32, 3));
        assertThat(link.get("products_sellers_hk"))
                .isEqualTo(hex(new HashContract()
                        .text("pg")
                        .value(Simple.INT64, 7L)
                        .text("pg")
                        .value(Simple.INT32, 3)
                        .hash()));
        VaultRow effect = rows.only("sat_products_sellers_effectivity");
        assertThat(effect.get("products_sellers_hk")).isEqualTo(link.get("products_sellers_hk"));
        assertThat(effect.get("active")).isEqualTo(true);
        assertThat(rows.in("hub_sellers"))
                .as("the source vouches for the seller")
                .isEmpty();
    }

    @Test
    void theLinksOfOneRowDoNotMixTheirKeys() {
        VaultRows both = VaultRows.of(model, product(7L, 3, 4, "9.50", ""));
        VaultRows seller = VaultRows.of(model, product(7L, 3, null, "9.50", ""));
        VaultRows category = VaultRows.of(model, product(7L, null, 4, "9.50", ""));

        assertThat(both.only("link_products_sellers").get("products_sellers_hk"))
                .isEqualTo(seller.only("link_products_sellers").get("products_sellers_hk"));
        assertThat(both.only("link_products_categories").get("products_categories_hk"))
                .isEqualTo(category.only("link_products_categories").get("products_categories_hk"));
    }

    @Test
    void aChangeMakesRowsOfItsOwnCollectionOnly() {
        VaultRows rows = VaultRows.of(model, product(7L, 3, 4, "9.50", ""));

        assertThat(rows.all())
                .extracting(row -> row.table().name())
                .containsExactlyInAnyOrder(
                        "hub_products",
                        "sat_products",
                        "link_products_categories",
                        "sat_products_categories_effectivity",
                        "link_products_sellers",
                        "sat_products_sellers_effectivity");
    }

    @Test
    void aRowThatASnapshotReadIsAVersionLikeAnyOther() {
        VaultRows rows = VaultRows.of(model, Changes.of(Shop.SELLERS).read(3, "Ann"));

        assertThat(rows.only("hub_sellers").get("seller_id")).isEqualTo(3);
        assertThat(rows.only("sat_sellers").get("name")).isEqualTo("Ann");
        assertThat(rows.only("sat_sellers").get("commit_ordinal")).isEqualTo(0L);
    }

    @Test
    void mappersShareTablesAndGiveTheSinkTheVeryObjects() {
        VaultTables tables = new VaultTables(model);
        VaultRows rows = VaultRows.of(new VaultMapper(tables), List.of(product(7L, 3, 4, "9.50", "")));

        assertThat(new VaultMapper(tables).tables()).isSameAs(tables);
        Set<VaultTable> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(tables.all());
        assertThat(rows.all()).allMatch(row -> known.contains(row.table()));
    }

    @Test
    void aForeignKeyThatIsNullIsNoRelation() {
        VaultRows rows = VaultRows.of(model, product(7L, 3, null, "9.50", ""));

        assertThat(rows.in("link_products_categories")).isEmpty();
        VaultRow effect = rows.only("sat_products_categories_effectivity");
        assertThat(effect.get("products_categories_hk")).isEqualTo(NOWHERE);
        assertThat(effect.get("active")).isEqualTo(false);
    }

    @Test
    void aProductThatMovesAwayAndBackHasThreeRelations() {
        VaultRows rows = VaultRows.of(
                model,
                product(7L, 3, null, "9.50", ""),
                products.updated(7L, 4, null, new BigDecimal("9.50"), null, ""),
                products.updated(7L, 3, null, new BigDecimal("9.50"), null, ""));

        List<VaultRow> effects = rows.in("sat_products_sellers_effectivity");
        assertThat(effects).extracting(row -> row.get("active")).containsExactly(true, true, true);
        assertThat(effects).extracting(row -> row.get("commit_position")).containsExactly(1L, 2L, 3L);
        assertThat(effects.get(2).get("products_sellers_hk"))
                .isEqualTo(effects.get(0).get("products_sellers_hk"))
                .isNotEqualTo(effects.get(1).get("products_sellers_hk"));
        assertThat(effects).extracting(VaultRow::identity).doesNotHaveDuplicates();
    }

    @Test
    void whatWasNotSentIsNamedAndCarriesNoRelation() {
        DataChangeEvent change =
                products.updated(7L, Unavailable.VALUE, 4, new BigDecimal("1.00"), null, Unavailable.VALUE);

        VaultRows rows = VaultRows.of(model, change);

        VaultRow version = rows.only("sat_products");
        assertThat(version.get("unavailable")).isEqualTo(List.of("seller_id", "description"));
        assertThat(version.get("description")).isNull();
        assertThat(rows.in("sat_products_sellers_effectivity")).isEmpty();
        assertThat(rows.in("link_products_sellers")).isEmpty();
        assertThat(rows.in("sat_products_categories_effectivity")).hasSize(1);
        assertThat(version.get("hashdiff"))
                .as("null and not sent differ")
                .isNotEqualTo(VaultRows.of(model, products.updated(7L, null, 4, new BigDecimal("1.00"), null, null))
                        .only("sat_products")
                        .get("hashdiff"));
    }

    @Test
    void whatTheRowBeforeTellsIsNotUnavailable() {
        Row before = new Row(Shop.PRODUCTS, 7L, 3, 4, new BigDecimal("1.00"), null, "long");
        Row after = new Row(Shop.PRODUCTS, 7L, 3, 4, new BigDecimal("2.00"), null, Unavailable.VALUE);
        DataChangeEvent change = products.updated(7L, 3, 4, new BigDecimal("2.00"), null, Unavailable.VALUE);

        VaultRows rows = VaultRows.of(model, new RowUpdated(change.header(), before, after));

        VaultRow version = rows.only("sat_products");
        assertThat(version.get("description")).isEqualTo("long");
        assertThat(version.get("unavailable")).isEqualTo(List.of());
    }

    @Test
    void aRowThatMovedWithoutAllItsValuesSaysWhereFrom() {
        Row old = new Row(Shop.PRODUCTS, 7L, null, null, null, null, null).keyOnly();
        Row partial = new Row(Shop.PRODUCTS, 8L, 3, 4, new BigDecimal("2.00"), null, Unavailable.VALUE);
        Row whole = new Row(Shop.PRODUCTS, 9L, 3, 4, new BigDecimal("2.00"), null, "");
        DataChangeEvent change = product(8L, 3, 4, "2.00", "");

        VaultRow moved = VaultRows.of(model, new RowCreated(change.header(), partial, old))
                .only("sat_products");
        VaultRow sent =
                VaultRows.of(model, new RowCreated(change.header(), whole, old)).only("sat_products");

        assertThat(moved.get("moved_from")).isEqualTo(key("pg", Simple.INT64, 7L));
        assertThat(moved.get("unavailable")).isEqualTo(List.of("description"));
        assertThat(sent.get("moved_from")).isNull();
    }

    @Test
    void aDeleteIsAVersionWithoutValuesThatEndsEveryRelation() {
        VaultRows rows = VaultRows.of(model, products.deleted(7L, null, null, null, null, null));

        VaultRow version = rows.only("sat_products");
        assertThat(version.get("products_hk")).isEqualTo(key("pg", Simple.INT64, 7L));
        assertThat(version.get("deleted")).isEqualTo(true);
        assertThat(version.get("hashdiff")).isEqualTo(NOTHING);
        assertThat(version.get("unavailable")).as("nothing is left to carry on").isEqualTo(List.of());
        assertThat(version.get("price")).isNull();
        for (String other : List.of("sellers", "categories")) {
            VaultRow effect = rows.only("sat_products_" + other + "_effectivity");
            assertThat(effect.get("active")).isEqualTo(false);
            assertThat(effect.get("products_" + other + "_hk")).isEqualTo(NOWHERE);
        }
    }

    @Test
    void aNewPrimaryKeyEndsTheOldRowAndStartsANewOne() {
        VaultRows rows = VaultRows.of(
                model, products.deleted(7L, null, null, null, null, null), product(8L, 3, null, "1.00", ""));

        assertThat(rows.in("sat_products"))
                .extracting(row -> row.get("deleted"))
                .containsExactly(true, false);
        assertThat(rows.in("sat_products"))
                .extracting(row -> row.get("products_hk"))
                .doesNotHaveDuplicates();
        assertThat(rows.only("hub_products").get("product_id")).isEqualTo(8L);
    }

    @Test
    void anEmptiedTableIsOneRow() {
        VaultRows rows = VaultRows.of(model, products.truncated());

        assertThat(rows.all()).hasSize(1);
        VaultRow row = rows.only("truncation");
        assertThat(row.get("entity")).isEqualTo("products");
        assertThat(row.get("commit_position")).isEqualTo(1L);
        assertThat(row.get("record_source")).isEqualTo("pg.public.products");
    }

    @Test
    void aTableOfKeysBecomesALinkWithItsOwnSatellite() {
        VaultModel northwind = VaultInference.infer(Northwind.schemas(), DeclaredModel.none());
        CollectionSchema details = northwind.entities().stream()
                .filter(entity -> entity.name().equals("order_details"))
                .findFirst()
                .orElseThrow()
                .schema();
        Changes changes = Changes.of(details);

        VaultRows rows = VaultRows.of(
                northwind, changes.created(10248, 11, 14f, 0f, 12), changes.deleted(10248, 11, null, null, null));

        VaultRow link = rows.only("link_order_details");
        assertThat(link.get("order_details_hk")).isEqualTo("9e4321c93e0c1dd79ca997d4374d9c14");
        assertThat(link.get("orders_hk")).isEqualTo(key("pg", Simple.INT16, 10248));
        assertThat(link.get("products_hk")).isEqualTo(key("pg", Simple.INT16, 11));
        assertThat(link.get("order_id")).isEqualTo(10248);
        assertThat(rows.in("sat_order_details"))
                .extracting(row -> row.get("order_details_hk"))
                .containsOnly(link.get("order_details_hk"));
        assertThat(rows.in("sat_order_details"))
                .extracting(row -> row.get("deleted"))
                .containsExactly(false, true);
    }

    @Test
    void rowsWithoutAKeyAreToldApartByEveryColumnWithNullsAllowed() {
        Changes events = Changes.of(Shop.AUTH_EVENTS);

        VaultRows rows = VaultRows.of(
                model,
                events.created(1L, 5L, "login"),
                events.created(1L, null, "login"),
                events.created(1L, 5L, null),
                events.created(1L, 5L, ""));

        assertThat(rows.in("hub_auth_events"))
                .extracting(row -> row.get("auth_events_hk"))
                .doesNotHaveDuplicates();
        assertThat(rows.in("sat_auth_events").get(0).get("hashdiff")).isEqualTo(NOTHING);
        assertThat(rows.in("link_auth_events_users")).hasSize(4);
    }

    @Test
    void aChangeWithoutItsKeyIsRefusedWithoutShowingItsData() {
        DataChangeEvent change = products.updated(Unavailable.VALUE, 3, 4, null, null, "secret");

        assertThatThrownBy(() -> VaultRows.of(model, change))
                .isInstanceOfSatisfying(PipelineException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.RECORD_UNREADABLE);
                    assertThat(e.where()).isEqualTo("pg.public.products.product_id");
                })
                .hasMessageNotContaining("secret");
    }

    @Test
    void aCollectionThatTheModelLacksIsRefused() {
        CollectionSchema stranger =
                Shapes.table("strangers").key("id", Simple.INT32).schema();

        assertThatThrownBy(() -> VaultRows.of(model, Changes.of(stranger).created(1)))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_INVALID));
    }

    private DataChangeEvent product(
            long id, @Nullable Integer seller, @Nullable Integer category, String price, String description) {
        return products.created(id, seller, category, new BigDecimal(price), null, description);
    }

    private static String key(String source, DataType type, Object value) {
        return hex(new HashContract().hashKey(source, List.of(type), value));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
