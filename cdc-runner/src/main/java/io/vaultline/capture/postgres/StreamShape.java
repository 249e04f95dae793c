package io.vaultline.capture.postgres;

import io.vaultline.capture.mask.ColumnMask;
import io.vaultline.capture.postgres.CatalogTable.PgColumn;
import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.ForeignKey;
import io.vaultline.event.UniqueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The shape of a table as of a change. The change says what columns there were and of which type; names of types and
 * keys of every kind it does not say, so they come from the catalog of now, or from the shape before, as far as they fit.
 */
final class StreamShape {
    private final CollectionFilter filter;

    StreamShape(CollectionFilter filter) {
        this.filter = filter;
    }

    /**
     * @param spoken what the stream says of the table's columns
     * @param identity the columns that the stream says identify a row; none if it names none
     * @param now the table in the catalog, unless it is gone
     * @param before the last known shape, if there is one
     */
    CollectionSchema of(
            CollectionId id,
            List<SpokenColumn> spoken,
            List<String> identity,
            Optional<CatalogTable> now,
            Optional<CollectionSchema> before) {
        List<Column> columns = new ArrayList<>();
        for (SpokenColumn column : spoken) {
            ColumnMask mask = filter.mask(id, column.name());
            if (!mask.drops()) {
                columns.add(column(column, mask, now, before));
            }
        }
        List<String> names = columns.stream().map(Column::name).toList();
        Optional<CollectionSchema> known = now.map(CatalogTable::shape)
                .filter(shape -> names.containsAll(shape.key()))
                .or(() -> before);
        List<String> keyColumns = known.map(CollectionSchema::key)
                .filter(names::containsAll)
                .orElseGet(() -> names.containsAll(identity) ? identity : List.of());
        List<ForeignKey> foreignKeys = known.map(CollectionSchema::foreignKeys).orElse(List.of()).stream()
                .filter(foreignKey -> names.containsAll(foreignKey.columns()))
                .toList();
        List<UniqueKey> uniqueKeys = known.map(CollectionSchema::uniqueKeys).orElse(List.of());
        CollectionSchema shape =
                new CollectionSchema(id, CollectionKind.TABLE, columns, keyColumns, foreignKeys, uniqueKeys);
        return before.filter(shape::equals).orElse(shape);
    }

    private static Column column(
            SpokenColumn spoken, ColumnMask mask, Optional<CatalogTable> now, Optional<CollectionSchema> before) {
        Optional<PgColumn> current = now.flatMap(table -> table.find(spoken.name()))
                .filter(column -> column.oid() == spoken.oid())
                .filter(column -> spoken.pgType() != PgType.NUMERIC
                        || (column.precision() == spoken.precision() && column.scale() == spoken.scale()));
        if (current.isPresent()) {
            return current.get().column();
        }
        Column said = mask.column(new Column(spoken.name(), spoken.plainType(), spoken.type(), spoken.nullable()));
        return before.flatMap(shape -> find(shape, spoken.name()))
                .filter(column -> column.type().equals(said.type()))
                .orElse(said);
    }

    private static Optional<Column> find(CollectionSchema shape, String name) {
        return shape.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }
}
