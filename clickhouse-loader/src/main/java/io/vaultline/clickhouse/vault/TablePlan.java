package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.vault.ServerTables.Existing;
import io.vaultline.clickhouse.wire.ClickHouseTypes;
import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.model.VaultColumn;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTable.Keep;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Brings one table of the vault from how it stands on the server to how the model wants it; columns are only added. */
final class TablePlan {
    /** How many inserts a table remembers, to know one that comes again. */
    private static final int DEDUPLICATION_WINDOW = 1_000;

    /** The column by which the first load wins: it falls as the commit order grows. */
    private static final String PRECEDENCE = "precedence";

    private static final String PRECEDENCE_SQL = PRECEDENCE
            + " UInt128 MATERIALIZED bitNot(bitOr(bitShiftLeft(toUInt128(commit_position), 64), toUInt128(commit_ordinal)))";

    /** Marks a column that holds values of another type; the vault column's name follows. */
    private static final String SIDE = "values of another type of ";

    private final String database;
    private final VaultTable table;
    private final Map<String, Existing> existing;
    private final List<String> added = new ArrayList<>();
    private final TableLayout layout;

    TablePlan(String database, VaultTable table, Map<String, Existing> existing) {
        this.database = database;
        this.table = table;
        this.existing = new LinkedHashMap<>(existing);
        this.layout =
                new TableLayout(table, table.columns().stream().map(this::store).toList());
    }

    TableLayout layout() {
        return layout;
    }

    /**
     * The statement that creates the table as if it were not there.
     *
     * @param comment on it; empty for none
     */
    String create(String comment) {
        String columns = table.columns().stream()
                .map(column -> definition(column.name(), column, ""))
                .collect(Collectors.joining(",\n    "));
        boolean first = table.keep() == Keep.FIRST;
        String key = table.sortingKey().stream().map(Sql::name).collect(Collectors.joining(", "));
        return "CREATE TABLE IF NOT EXISTS " + Sql.name(database, table.name()) + " (\n    " + columns
                + (first ? ",\n    " + PRECEDENCE_SQL : "") + "\n)\nENGINE = ReplacingMergeTree"
                + (first ? "(" + PRECEDENCE + ")" : "") + "\nORDER BY (" + key + ")"
                + "\nSETTINGS non_replicated_deduplication_window = " + DEDUPLICATION_WINDOW
                + (comment.isEmpty() ? "" : "\nCOMMENT " + Sql.text(comment));
    }

    /** The statements that add what the table on the server lacks; none if it lacks nothing. */
    List<String> extend() {
        return List.copyOf(added);
    }

    private StoredColumn store(VaultColumn column) {
        Existing main = existing.get(column.name());
        List<StoredColumn.Older> sides = existing.values().stream()
                .filter(other -> other.comment().equals(SIDE + column.name()))
                .map(other -> new StoredColumn.Older(other.name(), plain(other.type())))
                .toList();
        if (main == null) {
            return add(column, column.name(), "", List.of());
        }
        List<StoredColumn.Older> places =
                new ArrayList<>(List.of(new StoredColumn.Older(main.name(), plain(main.type()))));
        places.addAll(sides);
        String wanted = ClickHouseTypes.name(column.type(), false);
        for (StoredColumn.Older place : places) {
            Existing found = existing.get(place.name());
            boolean takesNull = found != null && found.type().startsWith("Nullable(");
            if (place.type().equals(wanted) && (takesNull || !column.nullable())) {
                places.remove(place);
                return new StoredColumn(column, new WireColumn(place.name(), column.type(), takesNull), places);
            }
        }
        return add(column, sideName(column), " COMMENT " + Sql.text(SIDE + column.name()), places);
    }

    private StoredColumn add(VaultColumn column, String name, String comment, List<StoredColumn.Older> older) {
        VaultColumn nullable = older.isEmpty() ? column : new VaultColumn(column.name(), column.type(), true);
        String definition = definition(name, nullable, comment);
        added.add("ALTER TABLE " + Sql.name(database, table.name()) + " ADD COLUMN IF NOT EXISTS " + definition);
        WireColumn current = new WireColumn(name, column.type(), nullable.nullable());
        existing.put(name, new Existing(name, current.typeName(), ""));
        return new StoredColumn(column, current, older);
    }

    /** {@code <name>__<type>}, with underscores behind it if a source column is called so. */
    private String sideName(VaultColumn column) {
        String type = ClickHouseTypes.name(column.type(), false).toLowerCase(Locale.ROOT);
        String name = column.name() + "__" + type.replaceAll("[^a-z0-9]+", "_").replaceAll("_$", "");
        while (existing.containsKey(name) || isVaultColumn(name)) {
            name = name + '_';
        }
        return name;
    }

    private boolean isVaultColumn(String name) {
        return table.columns().stream().anyMatch(column -> column.name().equals(name));
    }

    private static String definition(String name, VaultColumn column, String comment) {
        return Sql.name(name) + ' ' + ClickHouseTypes.name(column.type(), column.nullable()) + comment + codec(column);
    }

    /** Long texts are worth more than the default compression. */
    private static String codec(VaultColumn column) {
        DataType type = column.type() instanceof SourceValue source ? source.type() : Simple.BOOLEAN;
        return type == Simple.TEXT || type == Simple.JSON || type == Simple.BYTES ? " CODEC(ZSTD(1))" : "";
    }

    private static String plain(String type) {
        return type.startsWith("Nullable(") ? type.substring("Nullable(".length(), type.length() - 1) : type;
    }
}
