package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultColumn;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables of codes, without hub, hash and links. */
class ReferenceTableTest {
    private static final DeclaredModel FILE =
            VaultFile.parse("entities: [{name: territories, as: reference}]", "vault.yaml");
    private static final CollectionSchema TERRITORIES = Northwind.schemas().stream()
            .filter(schema -> schema.id().name().equals("territories"))
            .findFirst()
            .orElseThrow();
    private static final String KEY = "000000053031353831"; // a length and 01581

    private final VaultModel model = VaultInference.infer(Northwind.schemas(), FILE);
    private final Changes territories = Changes.of(TERRITORIES);

    @Test
    void itHasNoHubAndNoLinks() {
        FILE.check(model);

        assertThat(new VaultTables(model).all())
                .extracting(VaultTable::name)
                .contains("ref_territories", "hub_employee_territories", "link_employee_territories_employees")
                .doesNotContain(
                        "hub_territories",
                        "sat_territories",
                        "link_territories_region",
                        "link_employee_territories",
                        "link_employee_territories_territories");
    }

    @Test
    void itsVersionsStandInOneTableByTheirNaturalKey() {
        VaultRows rows = VaultRows.of(
                model,
                territories.created("01581", 1),
                territories.updated("01581", Unavailable.VALUE),
                territories.deleted("01581", null));

        assertThat(rows.all()).hasSize(3).allSatisfy(row -> {
            assertThat(row.table().name()).isEqualTo("ref_territories");
            assertThat(row.get("natural_key")).isEqualTo(KEY);
        });
        assertThat(rows.all()).extracting(row -> row.get("territory_id")).containsExactly("01581", "01581", null);
        assertThat(rows.all()).extracting(row -> row.get("region_id")).containsExactly(1, null, null);
        assertThat(rows.all())
                .extracting(row -> row.get(VaultColumn.UNAVAILABLE))
                .containsExactly(List.of(), List.of("region_id"), List.of());
        assertThat(rows.all()).extracting(row -> row.get(VaultColumn.DELETED)).containsExactly(false, false, true);
    }

    @Test
    void aNewKeyLeadsBackToTheOldOne() {
        RowCreated moved = new RowCreated(
                territories.created("2", 1).header(),
                new Row(TERRITORIES, "2", Unavailable.VALUE),
                new Row(TERRITORIES, "01581", null).keyOnly());

        assertThat(VaultRows.of(model, moved).only("ref_territories").get(VaultColumn.MOVED_FROM))
                .isEqualTo(KEY);
    }

    @Test
    void whatAReferenceTableCanNotBeIsSaid() {
        DeclaredModel declared = VaultFile.parse("""
                hubs: [{name: seller, key: id, type: int64}]
                entities:
                  - {name: sellers, as: reference, hub: seller}
                  - {name: auth_events, as: reference}
                  - {name: categories, as: reference}
                links:
                  - {from: purchases, path: kind, to: categories}
                  - {from: categories, path: name, to: users}
                """, "vault.yaml");

        assertThat(declared.unmet(VaultInference.infer(Shop.schemas(), declared)))
                .containsExactly(
                        "line 3, column 25: `sellers` is a reference table, which has neither `hub` nor `satellites`",
                        "line 4, column 29: `auth_events` has no key that a reference table could be by",
                        "line 7, column 39: `categories` is a reference table, and no link leads to it",
                        "line 8, column 5: `categories` is a reference table, and no link leads from it");
    }
}
