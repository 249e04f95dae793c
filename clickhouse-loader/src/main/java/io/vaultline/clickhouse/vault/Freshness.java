package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.ClickHouseTypes;
import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.model.VaultType.Internal;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.util.List;
import java.util.stream.Collectors;

/** The table and the view that say up to which commit of its source each of a vault's tables is complete. */
public final class Freshness {
    /** What loaders write. */
    public static final String TABLE = "vault_freshness_log";

    /** What people read. */
    public static final String VIEW = "vault_freshness";

    /** The table's columns, in the order in which they are written. */
    public static final List<WireColumn> COLUMNS = List.of(
            new WireColumn("source", new SourceValue(Simple.TEXT), false),
            new WireColumn("collection", new SourceValue(Simple.TEXT), false),
            new WireColumn("position", Internal.ORDER, false),
            new WireColumn("commit_time", Internal.LOAD_TIMESTAMP, false));

    private Freshness() {}

    static String table(String database) {
        String columns = COLUMNS.stream()
                .map(column -> Sql.name(column.name()) + ' ' + ClickHouseTypes.name(column.type(), column.nullable()))
                .collect(Collectors.joining(",\n    "));
        return "CREATE TABLE IF NOT EXISTS " + Sql.name(database, TABLE) + " (\n    " + columns
                + "\n)\nENGINE = ReplacingMergeTree(position)\nORDER BY (source, collection)";
    }

    static String view(String database) {
        return "CREATE OR REPLACE VIEW " + Sql.name(database, VIEW) + " AS\n"
                + "SELECT source, collection, argMax(commit_time, position) AS complete_to,"
                + " max(position) AS commit_position\n"
                + "FROM " + Sql.name(database, TABLE) + "\nGROUP BY source, collection";
    }
}
