package io.vaultline.vault.inference;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What inference calls the parts of a vault. */
class VaultNamesTest {
    private static final DeclaredModel NONE = DeclaredModel.none();

    @Test
    void namesThatNoStoreHoldsAreCutAndStayApart() {
        String longName = "n".repeat(234);
        List<CollectionSchema> schemas = List.of(
                Shapes.documents(longName + "1").schema(),
                Shapes.documents(longName + "2").schema());
        DeclaredModel plain = VaultFile.parse("", "vault.yaml");
        List<String> names = VaultInference.infer(schemas, plain).entities().stream()
                .map(EntitySpec::name)
                .toList();
        DeclaredModel linked = VaultFile.parse(
                "links: [{from: %s, path: other, to: %s}]".formatted(names.get(0), names.get(1)), "vault.yaml");

        VaultTables tables = new VaultTables(VaultInference.infer(schemas, linked));

        assertThat(names)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).startsWith("nnn").matches("[a-z0-9_]{120}"));
        assertThat(tables.all())
                .extracting(VaultTable::name)
                .doesNotHaveDuplicates()
                .anyMatch(name -> name.startsWith("link_nnn"))
                .allSatisfy(name -> assertThat(name).hasSizeLessThan(160));
    }

    @Test
    void collectionsOfOneNameGetTheirNamespaceThenTheirSourceInFront() {
        VaultModel model = VaultInference.infer(
                List.of(
                        collection("pg", "public", "Orders"),
                        collection("pg", "old", "orders"),
                        collection("pg", "public", "users"),
                        collection("mongo", "public", "users"),
                        collection("pg", "public", "2024 sales")),
                NONE);

        assertThat(model.entities())
                .extracting(EntitySpec::name)
                .containsExactlyInAnyOrder(
                        "public_orders", "old_orders", "pg_public_users", "mongo_public_users", "_2024_sales");
    }

    @Test
    void namesStayDifferentWhateverCollides() {
        VaultModel model = VaultInference.infer(
                List.of(
                        collection("a", "b_c", "d"),
                        collection("a_b", "c", "d"),
                        collection("a", "b", "c_d"),
                        collection("a", "x", "c_d"),
                        collection("x", "y", "b_c_d")),
                NONE);

        assertThat(model.entities()).extracting(EntitySpec::name).doesNotHaveDuplicates();
        assertThat(new VaultTables(model).all()).extracting(VaultTable::name).doesNotHaveDuplicates();
    }

    @Test
    void aLinkGivesWayToATableOfKeysOfTheSameName() {
        List<CollectionSchema> schemas = new ArrayList<>();
        schemas.add(Shapes.table("a").key("id", Simple.INT32).schema());
        schemas.add(Shapes.table("b")
                .key("id", Simple.INT32)
                .column("a_id", Simple.INT32)
                .refers("a_id", "a", "id")
                .schema());
        schemas.add(Shapes.table("b_a")
                .key("a_id", Simple.INT32)
                .key("b_id", Simple.INT32)
                .refers("a_id", "a", "id")
                .refers("b_id", "b", "id")
                .schema());

        VaultModel model = VaultInference.infer(schemas, NONE);

        assertThat(entity(model, "b_a").anchor().table()).isEqualTo("link_b_a");
        assertThat(model.links()).extracting(LinkSpec::table).containsExactly("link_b_a_a_id");
    }

    @Test
    void moreCollectionsLeaveEarlierNamesAsTheyAre() {
        VaultModel few = VaultInference.infer(Northwind.schemas(), NONE);
        List<CollectionSchema> all = new ArrayList<>(Northwind.schemas());
        all.addAll(List.of(Shop.PURCHASES, Shop.RATINGS));

        VaultModel more = VaultInference.infer(all, Shop.LINKS);

        assertThat(new VaultTables(more).all()).containsAll(new VaultTables(few).all());
    }

    private static CollectionSchema collection(String source, String namespace, String name) {
        return Shapes.of(new CollectionId(source, namespace, name), CollectionKind.TABLE)
                .key("id", Simple.INT32)
                .schema();
    }

    private static EntitySpec entity(VaultModel model, String name) {
        return model.entities().stream()
                .filter(entity -> entity.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
