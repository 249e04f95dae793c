package io.vaultline.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.vault.Northwind;
import io.vaultline.vault.Shop;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.inference.VaultInference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VaultDiagramTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "vault.md");

    @Test
    void theDocumentedVaultOfTheShopIsTheGeneratedOne() throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains("```mermaid\n" + VaultDiagram.of(Shop.model()) + "```");
    }

    @Test
    void tablesOfKeysAndRolesAreDrawn() {
        String diagram = VaultDiagram.of(VaultInference.infer(Northwind.schemas(), DeclaredModel.none()));

        assertThat(diagram)
                .startsWith("erDiagram\n")
                .contains(
                        "    hub_orders ||--o{ link_order_details : \"orders\"\n",
                        "    link_order_details ||--o{ sat_order_details : \"describes\"\n",
                        "    hub_employees ||--o{ link_employees_employees : \"reports_to\"\n",
                        "    link_employees_employees ||--o{ sat_employees_employees_effectivity : \"holds when\"\n",
                        "    hub_employees {\n        int16 employee_id PK\n    }\n");
    }
}
