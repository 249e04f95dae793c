package io.vaultline.clickhouse.vault;

import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import java.util.Map;

/**
 * A vault model together with how its tables stand on the server.
 *
 * @param layouts one for each table of the model, by the table's name
 */
public record StoredVault(VaultTables tables, Map<String, TableLayout> layouts) {
    public StoredVault {
        layouts = Map.copyOf(layouts);
    }

    /** How a table stands there. @throws IllegalArgumentException if it is none of the model's */
    public TableLayout layout(VaultTable table) {
        TableLayout layout = layouts.get(table.name());
        if (layout == null) {
            throw new IllegalArgumentException("the vault has no table " + table.name());
        }
        return layout;
    }

    TableLayout anchor(EntitySpec entity) {
        return layout(tables.anchor(entity.anchor()));
    }

    TableLayout effectivity(LinkSpec link) {
        return layout(tables.effectivity(link));
    }
}
