package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.vault.model.VaultColumn;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import io.vaultline.vault.model.VaultType.Internal;
import java.util.List;

/**
 * Ghosts: in each table that begins with a hash key one row whose hash keys are zeros, of the record source {@code ghost},
 * before every commit, with null, zero or nothing elsewhere. Where a table knows deletes it is a deleted row, so that no
 * view shows it.
 */
final class GhostRecords {
    static final String SOURCE = "ghost";

    private final String database;
    private final VaultTables tables;

    GhostRecords(String database, VaultTables tables) {
        this.database = database;
        this.tables = tables;
    }

    /** A statement for each table; one that has its ghost stays as it is. */
    List<String> statements() {
        return tables.all().stream()
                .filter(table -> isHash(table.columns().get(0)))
                .map(this::statement)
                .toList();
    }

    private static boolean isHash(VaultColumn column) {
        return column.type() == Internal.HASH || column.type() == Internal.WIDE_HASH;
    }

    private String statement(VaultTable table) {
        String name = Sql.name(database, table.name());
        String hashKey = Sql.name(table.columns().get(0).name());
        String zeros = "toFixedString('', %d)"
                .formatted(tables.model().rules().algorithm().bytes());
        boolean knowsDeletes =
                table.columns().stream().anyMatch(column -> column.name().equals(VaultColumn.DELETED));
        return "INSERT INTO " + name + " (" + hashKey + ", " + VaultColumn.RECORD_SOURCE
                + (knowsDeletes ? ", " + VaultColumn.DELETED : "") + ")\nSELECT " + zeros + ", "
                + Sql.text(SOURCE) + (knowsDeletes ? ", true" : "") + "\nWHERE NOT EXISTS (SELECT 1 FROM " + name
                + " WHERE " + hashKey + " = " + zeros + ")";
    }
}
