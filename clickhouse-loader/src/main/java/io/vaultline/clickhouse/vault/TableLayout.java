package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.vault.model.VaultTable;
import java.util.List;
import java.util.Objects;

/**
 * How a table of the vault stands on the server.
 *
 * @param columns one for each of the table's columns, in their order
 */
public record TableLayout(VaultTable table, List<StoredColumn> columns) {
    public TableLayout {
        Objects.requireNonNull(table, "table");
        columns = List.copyOf(columns);
    }

    /** The columns that rows are written into, in the order of the table's columns. */
    public List<WireColumn> wireColumns() {
        return columns.stream().map(StoredColumn::current).toList();
    }

    boolean has(String column) {
        return columns.stream().anyMatch(stored -> stored.column().name().equals(column));
    }

    /** Where a vault column's values stand. @throws IllegalArgumentException if the table has no such column */
    StoredColumn stored(String column) {
        return columns.stream()
                .filter(stored -> stored.column().name().equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(table.name() + " has no column " + column));
    }
}
