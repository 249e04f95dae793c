package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.LinkEnd;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.VaultModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links whose names, ends, keys and attributes the vault model file states. */
class DeclaredLinkTest {
    private static final CollectionSchema SALES = Shapes.table("sales")
            .key("sale_id", Simple.INT32)
            .column("user_id", Simple.INT64)
            .column("gift_for", Simple.INT64)
            .column("items", Simple.JSON)
            .column("note", Simple.TEXT)
            .schema();
    private static final String SALE = """
            links:
              - from: sales
                name: sale
                ends:
                  - {path: user_id, to: users}
                  - {path: "items[].product", to: products, role: product}
                degenerate: ["items[].line"]
                satellite: {note: note, quantity: {path: "items[].quantity", type: int32}, price: {path: "items[].price", type: "decimal(9, 2)"}}
            """;

    private final Changes sales = Changes.of(SALES);
    private final HashContract hash = new HashContract();

    @Test
    void whatStandsInOneArrayElementBelongsTogether() {
        VaultRows rows = VaultRows.of(
                model(SALE),
                sales.created(1, 5L, null, "[" + item(7, "a", 2, "1.50") + ", " + item(8, "b", 3, "2") + "]", "hi"));

        assertThat(rows.in("link_sale"))
                .extracting(row -> row.get("product_hk"), row -> row.get("line"))
                .containsExactly(tuple(key(7), "a"), tuple(key(8), "b"));
        assertThat(rows.in("link_sale"))
                .extracting(row -> row.get("users_hk"))
                .as("what stands around the array belongs to each element")
                .containsOnly(key(5));
        assertThat(rows.in("link_sale").get(0).get("sale_hk"))
                .isEqualTo(hex(hash.start()
                        .text("pg")
                        .value(Simple.INT32, 1)
                        .text("pg")
                        .value(Simple.INT64, 5L)
                        .text("pg")
                        .value(Simple.INT64, 7L)
                        .text("a")
                        .hash()));
        assertThat(rows.in("sat_sale"))
                .extracting(row -> row.get("quantity"), row -> row.get("price"), row -> row.get("note"))
                .containsExactly(tuple(2, new BigDecimal("1.50"), "hi"), tuple(3, new BigDecimal("2.00"), "hi"));
        assertThat(rows.in("hub_products"))
                .extracting(row -> row.get("product_id"))
                .containsExactly(7L, 8L);
        assertThat(rows.in("hub_users")).extracting(row -> row.get("user_id")).contains(5L);
    }

    @Test
    void elementsThatNothingTellsApartAreOneRelationDescribedByARowEach() {
        VaultRows rows = VaultRows.of(
                model(SALE),
                sales.created(1, 5L, null, "[" + item(7, "a", 2, "1") + ", " + item(7, "a", 4, "1") + "]", null));

        assertThat(rows.in("link_sale")).hasSize(1);
        assertThat(rows.in("sat_sale_effectivity")).hasSize(1);
        assertThat(rows.in("sat_sale"))
                .extracting(row -> row.get("element_number"), row -> row.get("quantity"))
                .containsExactly(tuple(1L, 2), tuple(2L, 4));
    }

    @Test
    void aRelationWithoutOneOfItsEndsIsNone() {
        VaultRows rows = VaultRows.of(
                model(SALE),
                sales.created(1, null, null, "[" + item(7, "a", 2, "1") + "]", null),
                sales.updated(1, 5L, null, "[{\"line\": \"a\"}]", null),
                sales.updated(1, 5L, null, "[]", "hi"),
                sales.deleted(1, null, null, null, null));

        assertThat(rows.in("link_sale")).isEmpty();
        assertThat(rows.in("sat_sale"))
                .as("what the row says, for changes that do not send it again")
                .extracting(row -> row.get("sale_hk"), row -> row.get("element_number"), row -> row.get("note"))
                .containsExactly(
                        tuple("0".repeat(32), 0L, null),
                        tuple("0".repeat(32), 0L, null),
                        tuple("0".repeat(32), 0L, "hi"));
        assertThat(rows.in("sat_sale_effectivity"))
                .extracting(row -> row.get("active"))
                .containsExactly(false, false, false, false);
    }

    @Test
    void aKeyOrAttributeThatIsLackingOrOfAnotherTypeIsNull() {
        VaultRows rows = VaultRows.of(
                model(SALE), sales.created(1, 5L, null, "[{\"product\": 7, \"quantity\": \"many\"}]", null));

        assertThat(rows.only("link_sale").get("line")).isNull();
        assertThat(rows.only("sat_sale").get("quantity")).isNull();
        assertThat(rows.only("sat_sale").get("hashdiff"))
                .isEqualTo(hex(hash.start().hash()));
    }

    @Test
    void whatWasNotSentLeavesTheLinkOrTheAttributeAsItWas() {
        VaultRows array = VaultRows.of(model(SALE), sales.updated(1, 5L, null, Unavailable.VALUE, "hi"));
        VaultRows note = VaultRows.of(
                model(SALE), sales.updated(1, 5L, null, "[" + item(7, "a", 2, "1") + "]", Unavailable.VALUE));

        assertThat(array.in("sat_sale_effectivity")).isEmpty();
        assertThat(array.in("sat_sale")).isEmpty();
        assertThat(note.only("sat_sale").get("unavailable")).isEqualTo(List.of("note"));
        assertThat(note.only("sat_sale").get("quantity")).isEqualTo(2);
    }

    @Test
    void anArrayWithinElementsCanBeEmptyIfNoEndStandsInIt() {
        VaultModel model = model("""
                links:
                  - {from: sales, path: "items[].product", to: products, satellite: {tag: "items[].tags[]"}}
                """);
        VaultRows rows = VaultRows.of(
                model,
                sales.created(
                        1,
                        5L,
                        null,
                        "[{\"product\": 7, \"tags\": []}, {\"product\": 8, \"tags\": [\"x\", \"y\"]}]",
                        null));

        assertThat(rows.in("sat_sales_products"))
                .extracting(row -> row.get("element_number"), row -> row.get("tag"))
                .containsExactly(tuple(1L, null), tuple(1L, "x"), tuple(2L, "y"));
    }

    @Test
    void aForeignKeyCanHaveANameARoleAndAttributes() {
        VaultModel model = model("""
                links:
                  - {from: categories, path: parent_id, to: categories, role: parent, name: tree, satellite: [name]}
                """);

        LinkSpec tree = link(model, "tree");
        assertThat(tree.origin()).isEqualTo(LinkSpec.Origin.FOREIGN_KEY);
        assertThat(tree.ends()).extracting(LinkEnd::hashKey).containsExactly("categories_hk", "parent_hk");
        assertThat(model.links()).noneMatch(link -> link.name().equals("categories_categories"));
        VaultRows rows = VaultRows.of(model, Changes.of(Shop.CATEGORIES).created(2, "shoes", 1));
        assertThat(rows.only("link_tree").get("parent_hk"))
                .isEqualTo(hex(hash.hashKey("pg", List.of(Simple.INT32), 1)));
        assertThat(rows.only("sat_tree").get("name")).isEqualTo("shoes");
        assertThat(rows.only("sat_tree_effectivity").get("active")).isEqualTo(true);
    }

    @Test
    void aNameChangesNoOtherLinksName() {
        List<String> before = names(
                model("links: [{from: sales, path: user_id, to: users}, {from: sales, path: gift_for, to: users}]"));
        List<String> after = names(
                model(
                        "links: [{from: sales, path: user_id, to: users, name: buyer}, {from: sales, path: gift_for, to: users}]"));

        assertThat(before).contains("sales_users_user_id", "sales_users_gift_for");
        assertThat(after).contains("buyer", "sales_users_gift_for").doesNotContain("sales_users");
    }

    @Test
    void endsAtOneHubAreCalledAfterTheirPathsIfTheFileDoesNotSay() {
        VaultModel model = model(
                "links: [{from: sales, name: gift, ends: [{path: user_id, to: users}, {path: gift_for, to: users}]}]");

        assertThat(link(model, "gift").ends())
                .extracting(LinkEnd::role)
                .containsExactly("sales", "user_id", "gift_for");
    }

    @Test
    void whatIsTakenOrUnclearIsNamedWithItsPlace() {
        assertThat(problems("links: [{from: sales, path: user_id, to: users, name: products}]"))
                .contains("line 1, column 55: another part of the vault is called `products`");
        assertThat(problems("links: [{from: sales, path: user_id, to: users, name: products_sellers}]"))
                .contains("another part of the vault is called `products_sellers`");
        assertThat(problems("links: [{from: sales, path: user_id, to: users, role: sales}]"))
                .contains("line 1, column 55: another end of the link, or the link itself, is called `sales`");
        assertThat(problems(
                        "links: [{from: sales, path: user_id, to: users}, {from: sales, path: user_id, to: users}]"))
                .contains("line 1, column 50: the same link as in line 1, column 9");
        assertThat(problems("links: [{from: sales, path: user_id, to: users, satellite: {users_hk: note}}]"))
                .contains("the link has a column `users_hk` of its own");
        assertThat(problems("links: [{from: sales, path: user_id, to: users, satellite: {x: nota}}]"))
                .contains("unknown column of sales `nota`; did you mean `note`?");
        assertThat(
                        problems(
                                "links: [{from: sales, path: user_id, to: users, satellite: {x: {path: note, type: uuid}, y: {path: user_id, type: date}}}]"))
                .contains("`user_id` is INT64 and can't be kept as DATE");
        assertThat(
                        problems(
                                "links: [{from: sales, ends: [{path: 'items[].a', to: users}, {path: 'items[].b[].c', to: users}, {path: 'items[].d[].e', to: products}]}]"))
                .contains(
                        "it is not clear which values of `items[].a`, `items[].b[].c`, `items[].d[].e` belong together");
    }

    @Test
    void theTextAloneShowsWhatStandsTwice() {
        assertThatThrownBy(() -> VaultFile.parse("""
                links:
                  - {from: a, path: b, to: c, name: x}
                  - {from: a, path: c, to: c, name: x}
                  - {from: a, ends: [{path: b, to: c, role: r}, {path: d, to: c, role: r}]}
                  - {from: a, path: b, to: c, degenerate: [x], satellite: {x: y}}
                  - {from: a, path: b, to: c, satellite: {load_ts: y, z: {path: y, type: intt}}}
                """, "vault.yaml"))
                .hasMessageContaining("line 3, column 37: a second link `x`")
                .hasMessageContaining("line 4, column 72: a second role `r`")
                .hasMessageContaining("a second column `x`")
                .hasMessageContaining("`load_ts` is a column of the vault's own")
                .hasMessageContaining("unknown type `intt`; did you mean `int16`?");
    }

    private static String item(int product, String line, int quantity, String price) {
        return "{\"product\": " + product + ", \"line\": \"" + line + "\", \"quantity\": " + quantity + ", \"price\": "
                + price + "}";
    }

    private static List<CollectionSchema> schemas() {
        List<CollectionSchema> schemas = new ArrayList<>(Shop.schemas());
        schemas.add(SALES);
        return schemas;
    }

    private static VaultModel model(String text) {
        DeclaredModel declared = VaultFile.parse(text, "vault.yaml");
        VaultModel model = VaultInference.infer(schemas(), declared);
        declared.check(model);
        return model;
    }

    private static String problems(String text) {
        DeclaredModel declared = VaultFile.parse(text, "vault.yaml");
        return String.join("\n", declared.unmet(VaultInference.infer(schemas(), declared)));
    }

    private static List<String> names(VaultModel model) {
        return model.links().stream().map(LinkSpec::name).toList();
    }

    private static LinkSpec link(VaultModel model, String name) {
        return model.links().stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String key(long id) {
        return hex(hash.hashKey("pg", List.of(Simple.INT64), id));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
