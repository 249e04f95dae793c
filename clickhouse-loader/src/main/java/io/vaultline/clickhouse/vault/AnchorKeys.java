package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.vault.model.EntitySpec;
import java.util.List;
import java.util.stream.Collectors;

/** The keys of an entity's rows, as views of what hangs on them show them. */
final class AnchorKeys {
    private final TableLayout anchor;
    private final String hashKey;
    private final List<String> columns;
    private final List<String> shown;

    AnchorKeys(EntitySpec entity, StoredVault vault) {
        this.anchor = vault.anchor(entity);
        this.hashKey = Sql.name(entity.anchor().hashKey());
        this.columns = entity.anchor().keyColumns().stream()
                .map(column -> vault.tables().columnName(entity, column))
                .toList();
        this.shown = entity.anchor().keyColumns().stream()
                .map(column -> vault.tables().shownName(entity, column))
                .toList();
    }

    /** What they are called in the vault. */
    List<String> columns() {
        return columns;
    }

    /** What people see them called, in the same order. */
    List<String> shown() {
        return shown;
    }

    /** A query for them, once for each {@code hashKey}. */
    String sql(String database) {
        String values = columns.stream()
                .map(key -> ", " + anchor.stored(key).value("storedRow") + " AS " + Sql.name(key))
                .collect(Collectors.joining());
        return "SELECT %s AS hashKey%s FROM %s AS storedRow ORDER BY %s LIMIT 1 BY %s"
                .formatted(hashKey, values, Sql.name(database, anchor.table().name()), hashKey, hashKey);
    }
}
