package io.vaultline.vault.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.Northwind;
import io.vaultline.vault.Shapes;
import io.vaultline.vault.Shop;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultTable.Keep;
import io.vaultline.vault.model.VaultTable.Kind;
import io.vaultline.vault.model.VaultType.Internal;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultTablesTest {
    private final VaultModel shop = Shop.model();
    private final VaultTables tables = new VaultTables(shop);

    @Test
    void aHubHoldsItsBusinessKeyAndWhereItWasFirstSeen() {
        VaultTable hub = table("hub_products");

        assertThat(names(hub))
                .containsExactly(
                        "products_hk", "product_id", "load_ts", "record_source", "commit_position", "commit_ordinal");
        assertThat(hub.columns().get(0)).isEqualTo(new VaultColumn("products_hk", Internal.HASH, false));
        assertThat(hub.columns().get(1)).isEqualTo(new VaultColumn("product_id", new SourceValue(Simple.INT64), false));
        assertThat(hub.sortingKey()).containsExactly("products_hk");
        assertThat(hub.keep()).isEqualTo(Keep.FIRST);
        assertThat(hub.kind()).isEqualTo(Kind.HUB);
    }

    @Test
    void aLinkHoldsTheHashKeysOfItsEnds() {
        VaultTable link = table("link_products_sellers");

        assertThat(names(link))
                .containsExactly(
                        "products_sellers_hk",
                        "products_hk",
                        "sellers_hk",
                        "load_ts",
                        "record_source",
                        "commit_position",
                        "commit_ordinal");
        assertThat(link.sortingKey()).containsExactly("products_sellers_hk");
        assertThat(link.keep()).isEqualTo(Keep.FIRST);
    }

    @Test
    void aTableOfKeysIsALinkThatHoldsItsOwnKeyToo() {
        VaultTables northwind = new VaultTables(VaultInference.infer(Northwind.schemas(), DeclaredModel.none()));
        VaultTable link = northwind.all().stream()
                .filter(table -> table.name().equals("link_order_details"))
                .findFirst()
                .orElseThrow();

        assertThat(names(link).subList(0, 5))
                .containsExactly("order_details_hk", "orders_hk", "products_hk", "order_id", "product_id");
        assertThat(link.kind()).isEqualTo(Kind.LINK);
    }

    @Test
    void aSatelliteHoldsVersionsInCommitOrderAndEveryColumnCanBeNull() {
        VaultTable satellite = table("sat_products");

        assertThat(names(satellite))
                .containsExactly(
                        "products_hk",
                        "commit_position",
                        "commit_ordinal",
                        "load_ts",
                        "record_source",
                        "hashdiff",
                        "deleted",
                        "unavailable",
                        "moved_from",
                        "seller_id",
                        "category_id",
                        "price",
                        "attributes",
                        "description");
        assertThat(satellite.columns().subList(8, 14)).allMatch(VaultColumn::nullable);
        assertThat(satellite.sortingKey()).containsExactly("products_hk", "commit_position", "commit_ordinal");
        assertThat(satellite.keep()).isEqualTo(Keep.ANY);
    }

    @Test
    void anEffectivitySatelliteHoldsRelationsByTheRowThatRefers() {
        VaultTable effectivity = table("sat_products_sellers_effectivity");

        assertThat(names(effectivity))
                .containsExactly(
                        "products_hk",
                        "products_sellers_hk",
                        "commit_position",
                        "commit_ordinal",
                        "active",
                        "load_ts",
                        "record_source");
        assertThat(effectivity.sortingKey())
                .containsExactly("products_hk", "commit_position", "commit_ordinal", "products_sellers_hk");
    }

    @Test
    void thereIsOneTableForEmptiedCollections() {
        assertThat(names(tables.truncation()))
                .containsExactly("entity", "commit_position", "commit_ordinal", "load_ts", "record_source");
        assertThat(tables.all()).contains(tables.truncation());
    }

    @Test
    void aKeylessTablesHubTakesNullsAndOthersDoNot() {
        assertThat(table("hub_auth_events").columns().get(1).nullable()).isTrue();
        assertThat(table("hub_users").columns().get(1).nullable()).isFalse();
    }

    @Test
    void sourceColumnsGiveWayToTheVaultsOwnAndToEarlierOnes() {
        CollectionSchema table = Shapes.table("things")
                .key("Things_HK", Simple.INT32)
                .columns(Simple.TEXT, "Deleted", "load_ts", "load_ts_src", "Größe", "größe", "Gr  e", "2nd", "active")
                .schema();
        VaultModel model = VaultInference.infer(List.of(table), DeclaredModel.none());
        EntitySpec things = model.entities().get(0);
        VaultTables own = new VaultTables(model);

        assertThat(table.columns())
                .extracting(column -> own.columnName(things, column.name()))
                .containsExactly(
                        "things_hk_src",
                        "deleted_src",
                        "load_ts_src",
                        "load_ts_src_src",
                        "gr__e",
                        "gr__e_src",
                        "gr__e_src_2",
                        "_2nd",
                        "active");
        assertThat(names(own.anchor(things.anchor()))).contains("things_hk", "things_hk_src");
        assertThat(names(own.satellite(things.satellites().get(0))))
                .contains("deleted", "deleted_src")
                .doesNotHaveDuplicates();
    }

    @Test
    void theColumnsOfATableOfKeysGiveWayToTheHashKeysOfItsEnds() {
        CollectionSchema users = Shapes.table("users").key("id", Simple.INT32).schema();
        CollectionSchema roles = Shapes.table("roles").key("id", Simple.INT32).schema();
        CollectionSchema grants = Shapes.table("grants")
                .key("user_id", Simple.INT32)
                .key("role_id", Simple.INT32)
                .columns(Simple.TEXT, "users_hk")
                .refers("user_id", "users", "id")
                .refers("role_id", "roles", "id")
                .schema();
        VaultModel model = VaultInference.infer(List.of(users, roles, grants), DeclaredModel.none());
        EntitySpec entity = model.entityOf(grants.id()).orElseThrow();

        assertThat(new VaultTables(model).columnName(entity, "users_hk")).isEqualTo("users_hk_src");
    }

    @ParameterizedTest
    @CsvSource({"AZaz09_,azaz09_", "@[`{/:,______", "0,_0", "9,_9", "'',_", "a-b c,a_b_c", "Ä🚲é,___"})
    void aNameIsMadeSafeForEveryStore(String name, String safe) {
        assertThat(VaultNames.safe(name)).isEqualTo(safe);
    }

    @Test
    void aColumnAddedLaterLeavesTheOthersTheirNames() {
        CollectionSchema before = Shapes.table("things")
                .key("id", Simple.INT32)
                .columns(Simple.TEXT, "Name")
                .schema();
        CollectionSchema after = Shapes.table("things")
                .key("id", Simple.INT32)
                .columns(Simple.TEXT, "Name", "name")
                .schema();

        assertThat(nameIn(before, "Name")).isEqualTo("name");
        assertThat(nameIn(after, "Name")).isEqualTo("name");
        assertThat(nameIn(after, "name")).isEqualTo("name_src");
    }

    @Test
    void aModelWithTwoTablesOfOneNameIsRefused() {
        VaultModel model =
                new VaultModel(List.of(shop.entities().get(0), shop.entities().get(0)), List.of(), List.of());

        assertThatThrownBy(() -> new VaultTables(model)).isInstanceOf(PipelineException.class);
    }

    private static String nameIn(CollectionSchema schema, String column) {
        VaultModel model = VaultInference.infer(List.of(schema), DeclaredModel.none());
        return new VaultTables(model).columnName(model.entities().get(0), column);
    }

    private VaultTable table(String name) {
        return tables.all().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(VaultTable table) {
        return table.columns().stream().map(VaultColumn::name).toList();
    }
}
