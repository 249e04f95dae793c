package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.ClickHouseTypes;
import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.event.DataType;
import io.vaultline.vault.model.VaultColumn;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the values of a vault column stand on the server. When a source column changes its type, values of the new type
 * go into a column of their own, and the older ones stay where they are: a row has its value in one of them.
 *
 * @param column the vault column
 * @param current the column on the server that takes its values now
 * @param older columns that hold values of other types, from before
 */
public record StoredColumn(VaultColumn column, WireColumn current, List<Older> older) {

    /**
     * A column of former type.
     *
     * @param type as the server spells it
     */
    public record Older(String name, String type) {}

    public StoredColumn {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(current, "current");
        older = List.copyOf(older);
    }

    /** The column's value as an expression over one row of the table, in the type that the vault column has. */
    String value(String tableAlias) {
        return column.type() instanceof SourceValue source ? value(tableAlias, source.type()) : name(tableAlias);
    }

    /** The column's value as an expression over one row of the table, in a given type; null where it has none in it. */
    String value(String tableAlias, DataType wanted) {
        String type = ClickHouseTypes.name(wanted);
        Stream<Older> places = Stream.concat(
                Stream.of(new Older(current.name(), ClickHouseTypes.name(current.type(), false))), older.stream());
        List<String> values = places.flatMap(
                        place -> Conversions.sql(Sql.name(tableAlias, place.name()), place.type(), type).stream())
                .toList();
        return switch (values.size()) {
            case 0 -> "CAST(NULL, " + Sql.text("Nullable(" + type + ")") + ")";
            case 1 -> values.get(0);
            default -> values.stream().collect(Collectors.joining(", ", "coalesce(", ")"));
        };
    }

    private String name(String tableAlias) {
        return Sql.name(tableAlias, current.name());
    }
}
