package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.server.ClickHouseGateway;
import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What tables a database on the server has, and what columns. */
public final class ServerTables {
    private static final String QUERY = """
            SELECT table, name, type, comment FROM system.columns
            WHERE database = %s AND table IN (SELECT name FROM system.tables WHERE database = %s AND engine LIKE %s)
            ORDER BY table, position""";

    private static final String TABLES =
            "SELECT name, comment, sorting_key FROM system.tables WHERE database = %s AND engine LIKE %s";

    /**
     * A column on the server.
     *
     * @param type as the server spells it
     */
    record Existing(String name, String type, String comment) {}

    private final Map<String, Map<String, Existing>> columns;
    private final Map<String, String> comments;
    private final Map<String, String> sortingKeys;

    private ServerTables(
            Map<String, Map<String, Existing>> columns, Map<String, String> comments, Map<String, String> sortingKeys) {
        this.columns = columns;
        this.comments = comments;
        this.sortingKeys = sortingKeys;
    }

    /** An empty server. */
    public static ServerTables none() {
        return new ServerTables(Map.of(), Map.of(), Map.of());
    }

    /** Asks the server. @throws io.vaultline.error.PipelineException if it can't be reached or refuses */
    public static ServerTables read(ClickHouseGateway server, String database) {
        Map<String, Map<String, Existing>> columns = new HashMap<>();
        List<WireColumn> shape = List.of(text("table"), text("name"), text("type"), text("comment"));
        String name = Sql.text(database);
        String engine = Sql.text("%MergeTree");
        server.query(QUERY.formatted(name, name, engine), shape, row -> {
            Existing column = new Existing((String) row[1], (String) row[2], (String) row[3]);
            columns.computeIfAbsent((String) row[0], table -> new LinkedHashMap<>())
                    .put(column.name(), column);
        });
        Map<String, String> comments = new HashMap<>();
        Map<String, String> sortingKeys = new HashMap<>();
        server.query(
                TABLES.formatted(name, engine), List.of(text("name"), text("comment"), text("sorting_key")), row -> {
                    comments.put((String) row[0], (String) row[1]);
                    sortingKeys.put((String) row[0], (String) row[2]);
                });
        return new ServerTables(columns, comments, sortingKeys);
    }

    private static WireColumn text(String name) {
        return new WireColumn(name, new SourceValue(Simple.TEXT), false);
    }

    public boolean has(String table) {
        return columns.containsKey(table);
    }

    /** The comment on a table; empty if there is none. */
    String commentOn(String table) {
        return comments.getOrDefault(table, "");
    }

    /** The columns that a table is sorted by, with a comma between them; empty if there is no such table. */
    String sortingKeyOf(String table) {
        return sortingKeys.getOrDefault(table, "").replaceAll("[()`]", "");
    }

    /** The columns of a table by name, in their order; none if there is no such table. */
    Map<String, Existing> columnsOf(String table) {
        return columns.getOrDefault(table, Map.of());
    }
}
