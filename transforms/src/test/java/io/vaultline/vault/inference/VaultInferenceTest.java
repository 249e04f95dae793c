package io.vaultline.vault.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.Northwind;
import io.vaultline.vault.Shapes;
import io.vaultline.vault.Shop;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.HubSpec;
import io.vaultline.vault.model.LinkEnd;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.LinkSpec.Origin;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VaultInferenceTest {
    private static final DeclaredModel NONE = DeclaredModel.none();

    @Test
    void northwindBecomesHubsAndLinksAsAModellerWouldDrawThem() {
        VaultModel model = VaultInference.infer(Northwind.schemas(), NONE);

        assertThat(anchors(model))
                .containsExactlyInAnyOrder(
                        "hub_categories",
                        "hub_customer_demographics",
                        "hub_customers",
                        "link_customer_customer_demo",
                        "hub_employees",
                        "link_employee_territories",
                        "link_order_details",
                        "hub_orders",
                        "hub_products",
                        "hub_region",
                        "hub_shippers",
                        "hub_suppliers",
                        "hub_territories",
                        "hub_us_states");
        assertThat(model.links())
                .extracting(LinkSpec::table)
                .containsExactlyInAnyOrder(
                        "link_employees_employees",
                        "link_orders_customers",
                        "link_orders_employees",
                        "link_orders_shippers",
                        "link_products_categories",
                        "link_products_suppliers",
                        "link_territories_region");
    }

    /** MongoDB takes names of 235 letters, ClickHouse files of 255. */
    @Test
    void aTableThatRefersToItselfHasItsColumnAsTheRole() {
        VaultModel model = VaultInference.infer(Northwind.schemas(), NONE);

        LinkSpec link = link(model, "employees_employees");
        assertThat(link.ends())
                .containsExactly(
                        new LinkEnd("employees", "employees", List.of("employee_id")),
                        new LinkEnd("reports_to", "employees", List.of("reports_to")));
    }

    @Test
    void aTableOfKeysHasItsEndsInKeyOrderAndItsOtherColumnsInASatellite() {
        VaultModel model = VaultInference.infer(Northwind.schemas(), NONE);

        EntitySpec details = entity(model, "order_details");
        LinkSpec link = (LinkSpec) details.anchor();
        assertThat(link.origin()).isEqualTo(Origin.KEY_TABLE);
        assertThat(link.hashKey()).isEqualTo("order_details_hk");
        assertThat(link.keyColumns()).containsExactly("order_id", "product_id");
        assertThat(link.ends())
                .containsExactly(
                        new LinkEnd("orders", "orders", List.of("order_id")),
                        new LinkEnd("products", "products", List.of("product_id")));
        assertThat(details.satellites().get(0).columns()).containsExactly("unit_price", "discount", "quantity");
    }

    @Test
    void theShopIsLinkedAcrossItsSources() {
        VaultModel model = Shop.model();

        assertThat(anchors(model)).allMatch(name -> name.startsWith("hub_")).hasSize(8);
        assertThat(model.links())
                .extracting(LinkSpec::table)
                .containsExactlyInAnyOrder(
                        "link_auth_events_users",
                        "link_categories_categories",
                        "link_inventory_products",
                        "link_products_categories",
                        "link_products_sellers",
                        "link_purchases_products",
                        "link_purchases_users",
                        "link_ratings_products");
        assertThat(link(model, "purchases_products").ends().get(1))
                .isEqualTo(new LinkEnd("products", "products", List.of("items[].product_id")));
        assertThat(entity(model, "auth_events").anchor().keyColumns()).containsExactly("user_id", "at", "kind");
        assertThat(entity(model, "auth_events").satellites().get(0).columns()).isEmpty();
    }

    @Property(tries = 50)
    void theOrderInWhichCollectionsAreFoundChangesNothing(@ForAll Random random) {
        List<CollectionSchema> shuffled = new ArrayList<>(Northwind.schemas());
        shuffled.addAll(List.of(Shop.PURCHASES, Shop.RATINGS));
        VaultModel expected = VaultInference.infer(shuffled, Shop.LINKS);

        Collections.shuffle(shuffled, random);

        assertThat(VaultInference.infer(shuffled, Shop.LINKS)).isEqualTo(expected);
    }

    @Test
    void severalReferencesToOneTableAreToldApartByTheirColumns() {
        CollectionSchema addresses =
                Shapes.table("addresses").key("id", Simple.INT32).schema();
        CollectionSchema orders = Shapes.table("orders")
                .key("id", Simple.INT32)
                .columns(Simple.INT32, "billing_id", "Shipping Id")
                .refers("billing_id", "addresses", "id")
                .refers("billing_id", "addresses", "id")
                .refers("Shipping Id", "addresses", "id")
                .schema();

        VaultModel model = VaultInference.infer(List.of(addresses, orders), NONE);

        assertThat(model.links())
                .extracting(LinkSpec::table)
                .containsExactlyInAnyOrder("link_orders_addresses_billing_id", "link_orders_addresses_shipping_id");
    }

    @Test
    void aTableOfKeysThatRefersTwiceToOneHubHasRoles() {
        CollectionSchema users = Shapes.table("users").key("id", Simple.INT32).schema();
        CollectionSchema follows = Shapes.table("follows")
                .key("follower", Simple.INT32)
                .key("followed", Simple.INT64)
                .refers("followed", "users", "id")
                .refers("follower", "users", "id")
                .schema();

        LinkSpec link = (LinkSpec) entity(VaultInference.infer(List.of(users, follows), NONE), "follows")
                .anchor();

        assertThat(link.ends()).extracting(LinkEnd::hashKey).containsExactly("follower_hk", "followed_hk");
    }

    @Test
    void anExtensionOfATableIsAHubOfItsOwn() {
        VaultModel model = Shop.model();

        assertThat(entity(model, "inventory").anchor()).isInstanceOf(HubSpec.class);
        assertThat(link(model, "inventory_products").ends())
                .extracting(LinkEnd::role)
                .containsExactly("inventory", "products");
    }

    @Test
    void aTableOfKeysTakesItsEndsFromItsKeyOnlyAndInKeyOrder() {
        List<CollectionSchema> schemas = new ArrayList<>(List.of(Shop.SELLERS, Shop.CATEGORIES, Shop.USERS));
        schemas.add(Shapes.of(new CollectionId("pg", "public", "offers"), CollectionKind.TABLE)
                .column("approved_by", Simple.INT64)
                .key("seller_id", Simple.INT32)
                .key("category_id", Simple.INT32)
                .refers("approved_by", "users", "user_id")
                .refers("category_id", "categories", "category_id")
                .refers("seller_id", "sellers", "seller_id")
                .schema());

        VaultModel model = VaultInference.infer(schemas, NONE);

        assertThat(((LinkSpec) entity(model, "offers").anchor()).ends())
                .extracting(LinkEnd::role)
                .containsExactly("sellers", "categories");
        assertThat(model.links()).extracting(LinkSpec::name).containsExactly("categories_categories");
    }

    @Test
    void aTableWhoseKeyRefersToATableOfKeysIsAHub() {
        List<CollectionSchema> schemas = new ArrayList<>(Northwind.schemas());
        schemas.add(Shapes.table("discounts").key("id", Simple.INT32).schema());
        schemas.add(Shapes.table("detail_discounts")
                .key("order_id", Simple.INT16)
                .key("product_id", Simple.INT16)
                .key("discount_id", Simple.INT32)
                .refers(List.of("order_id", "product_id"), "order_details", List.of("order_id", "product_id"))
                .refers("discount_id", "discounts", "id")
                .schema());

        VaultModel model = VaultInference.infer(schemas, NONE);

        assertThat(entity(model, "detail_discounts").anchor().table()).isEqualTo("hub_detail_discounts");
        assertThat(link(model, "detail_discounts_discounts").ends()).hasSize(2);
    }

    @Test
    void aReferenceWhoseColumnIsNotCapturedOrCanNotHoldTheKeyIsLeftOut() {
        CollectionSchema orders = Shapes.table("orders")
                .key("id", Simple.INT32)
                .column("note", Simple.JSON)
                .refers("left_out", "users", "user_id")
                .refers("note", "sellers", "seller_id")
                .schema();

        VaultModel model = VaultInference.infer(List.of(Shop.USERS, Shop.SELLERS, orders), NONE);

        assertThat(model.links()).isEmpty();
    }

    @Test
    void severalIdsOfOneDocumentThatNameOneEntityAreToldApartByTheirPaths() {
        DeclaredModel links = VaultFile.parse("""
                links:
                  - {from: purchases, path: "items[].product_id", to: products}
                  - {from: purchases, path: "items[].gift.product_id", to: products}
                """, "vault.yaml");

        VaultModel model = VaultInference.infer(List.of(Shop.PURCHASES, Shop.PRODUCTS), links);

        assertThat(model.links())
                .extracting(LinkSpec::name)
                .containsExactlyInAnyOrder(
                        "purchases_products_items_product_id", "purchases_products_items_gift_product_id");
    }

    @Test
    void aLinkGivesWayToAnEntityWhoseSatelliteWouldBeItsEffectivity() {
        CollectionSchema audit = Shapes.table("products_sellers_effectivity")
                .key("id", Simple.INT32)
                .schema();

        VaultModel model = VaultInference.infer(List.of(Shop.PRODUCTS, Shop.SELLERS, audit), NONE);

        assertThat(model.links()).extracting(LinkSpec::name).containsExactly("products_sellers_seller_id");
        assertThat(new VaultTables(model).all()).extracting(VaultTable::name).doesNotHaveDuplicates();
    }

    @Test
    void compositeKeysArePairedInTheOrderOfTheTargetsKey() {
        CollectionSchema stores = Shapes.table("stores")
                .key("country", Simple.TEXT)
                .key("number", Simple.INT32)
                .schema();
        CollectionSchema sales = Shapes.table("sales")
                .key("id", Simple.INT64)
                .columns(Simple.INT32, "store_number")
                .columns(Simple.TEXT, "store_country")
                .refers(List.of("store_number", "store_country"), "stores", List.of("number", "country"))
                .refers(List.of("store_number"), "stores", List.of("number"))
                .schema();

        VaultModel model = VaultInference.infer(List.of(stores, sales), NONE);

        assertThat(model.links()).hasSize(1);
        assertThat(model.links().get(0).ends().get(1).key()).containsExactly("store_country", "store_number");
    }

    @Test
    void referencesToWhatIsNoHubAreLeftOut() {
        List<CollectionSchema> schemas = new ArrayList<>(Northwind.schemas());
        schemas.removeIf(schema -> schema.id().name().equals("suppliers"));
        schemas.add(Shapes.table("returns")
                .key("id", Simple.INT32)
                .columns(Simple.INT16, "order_id", "product_id")
                .refers(List.of("order_id", "product_id"), "order_details", List.of("order_id", "product_id"))
                .schema());

        VaultModel model = VaultInference.infer(schemas, NONE);

        assertThat(model.links())
                .extracting(LinkSpec::name)
                .contains("products_categories")
                .doesNotContain("products_suppliers", "returns_order_details");
    }

    @Test
    void twoShapesOfOneCollectionAreRefused() {
        assertThatThrownBy(() -> VaultInference.infer(List.of(Shop.USERS, Shop.USERS), NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pg.public.users");
    }

    private static List<String> anchors(VaultModel model) {
        return model.entities().stream().map(entity -> entity.anchor().table()).toList();
    }

    private static EntitySpec entity(VaultModel model, String name) {
        return model.entities().stream()
                .filter(entity -> entity.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static LinkSpec link(VaultModel model, String name) {
        return model.links().stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
