package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.SatelliteSpec;
import io.vaultline.vault.model.VaultColumn;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The versions of an entity with the columns of all its satellites. Each satellite has a row for each version, so they
 * are joined by key and commit order; a satellite that is new has none for old versions until those were read again.
 *
 * @param sql what stands behind {@code FROM}: a table, or several joined
 * @param layout of its columns
 */
record Versions(String sql, TableLayout layout) {
    private static final String MAIN = "mainRow";

    static Versions of(String database, EntitySpec entity, StoredVault vault) {
        List<TableLayout> satellites = new ArrayList<>();
        for (SatelliteSpec satellite : entity.satellites()) {
            satellites.add(vault.layout(vault.tables().satellite(satellite)));
        }
        TableLayout main = satellites.get(0);
        if (satellites.size() == 1) {
            return new Versions(table(database, main), main);
        }
        List<StoredColumn> all = new ArrayList<>(main.columns());
        satellites.stream().skip(1).flatMap(part -> values(part).stream()).forEach(all::add);
        return new Versions(
                join(database, Sql.name(entity.anchor().hashKey()), satellites), new TableLayout(main.table(), all));
    }

    private static String join(String database, String hashKey, List<TableLayout> satellites) {
        List<String> columns = new ArrayList<>();
        List<String> unavailable = new ArrayList<>();
        StringBuilder joins = new StringBuilder();
        for (TableLayout satellite : satellites) {
            String alias = columns.isEmpty() ? MAIN : "partRow" + unavailable.size();
            List<StoredColumn> shown = columns.isEmpty() ? satellite.columns() : values(satellite);
            shown.stream()
                    .flatMap(Versions::places)
                    .filter(name -> !name.equals(VaultColumn.UNAVAILABLE))
                    .forEach(name -> columns.add(Sql.name(alias, name) + " AS " + Sql.name(name)));
            unavailable.add(alias + "." + VaultColumn.UNAVAILABLE);
            joins.append(alias.equals(MAIN) ? "" : " LEFT ANY JOIN ")
                    .append(table(database, satellite))
                    .append(" AS ")
                    .append(alias)
                    .append(alias.equals(MAIN) ? "" : on(alias, hashKey));
        }
        columns.add("arrayConcat(" + String.join(", ", unavailable) + ") AS " + VaultColumn.UNAVAILABLE);
        return "(SELECT " + String.join(", ", columns) + " FROM " + joins + ")";
    }

    private static String on(String alias, String hashKey) {
        return Stream.of(hashKey, VaultColumn.COMMIT_POSITION, VaultColumn.COMMIT_ORDINAL)
                .map(column -> alias + "." + column + " = " + MAIN + "." + column)
                .collect(Collectors.joining(" AND ", " ON ", ""));
    }

    /** The columns of a satellite that hold values of the source. */
    private static List<StoredColumn> values(TableLayout satellite) {
        return satellite.columns().stream()
                .filter(stored -> stored.column().type() instanceof SourceValue)
                .toList();
    }

    private static Stream<String> places(StoredColumn stored) {
        return Stream.concat(
                Stream.of(stored.current().name()), stored.older().stream().map(StoredColumn.Older::name));
    }

    private static String table(String database, TableLayout satellite) {
        return Sql.name(database, satellite.table().name());
    }
}
