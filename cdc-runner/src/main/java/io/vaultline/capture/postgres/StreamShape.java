package io.vaultline.capture.postgres;

import io.vaultline.capture.mask.ColumnMask;
import io.vaultline.capture.postgres.CatalogTable.PgColumn;
import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.ForeignKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a table as of a change. The change says what columns there were and of which type; names of types, keys
 * and foreign keys it does not say, so they come from the catalog of now, or from the shape before, as far as they fit.
 */
final class StreamShape {
    private static final String NUMERIC = "numeric";

    private final CollectionFilter filter;

    StreamShape(CollectionFilter filter) {
        this.filter = filter;
    }

    /**
     * @param row the connector's schema of the table's rows
     * @param key the connector's schema of the key; null if it sees none
     * @param now the table in the catalog, unless it is gone
     * @param before the last known shape, if there is one
     */
    CollectionSchema of(
            CollectionId id,
            Schema row,
            @Nullable Schema key,
            Optional<CatalogTable> now,
            Optional<CollectionSchema> before) {
        List<Column> columns = new ArrayList<>();
        for (Field field : row.fields()) {
            ColumnMask mask = filter.mask(id, field.name());
            if (!mask.drops()) {
                columns.add(column(field, mask, now, before));
            }
        }
        List<String> names = columns.stream().map(Column::name).toList();
        Optional<CollectionSchema> known = now.map(CatalogTable::shape)
                .filter(shape -> names.containsAll(shape.key()))
                .or(() -> before);
        List<String> keyColumns = known.map(CollectionSchema::key)
                .filter(names::containsAll)
                .orElseGet(() -> key == null ? List.of() : keyNames(key, names));
        List<ForeignKey> foreignKeys = known.map(CollectionSchema::foreignKeys).orElse(List.of()).stream()
                .filter(foreignKey -> names.containsAll(foreignKey.columns()))
                .toList();
        CollectionSchema shape = new CollectionSchema(id, CollectionKind.TABLE, columns, keyColumns, foreignKeys);
        return before.filter(shape::equals).orElse(shape);
    }

    private static Column column(
            Field field, ColumnMask mask, Optional<CatalogTable> now, Optional<CollectionSchema> before) {
        Map<String, String> says = field.schema().parameters();
        String typeName = says.getOrDefault(ExactValues.TYPE, "");
        int oid = Integer.parseInt(says.get(ExactValues.OID));
        int precision = Integer.parseInt(says.get(ExactValues.PRECISION));
        int scale = Integer.parseInt(says.get(ExactValues.SCALE));
        Optional<PgColumn> current = now.flatMap(table -> table.find(field.name()))
                .filter(column -> column.oid() == oid)
                .filter(column ->
                        !typeName.equals(NUMERIC) || (column.precision() == precision && column.scale() == scale));
        if (current.isPresent()) {
            return current.get().column();
        }
        Column spoken = mask.column(new Column(
                field.name(), plainType(field), typeName, Boolean.parseBoolean(says.get(ExactValues.NULLABLE))));
        return before.flatMap(shape -> find(shape, field.name()))
                .filter(column -> column.type().equals(spoken.type()))
                .orElse(spoken);
    }

    /** The type of a column's values as of the change, before masking. */
    static DataType plainType(Field field) {
        Map<String, String> says = field.schema().parameters();
        PgType type = PgType.ofOid(Integer.parseInt(says.get(ExactValues.OID)));
        return type == PgType.NUMERIC
                ? type.dataType(
                        Integer.parseInt(says.get(ExactValues.PRECISION)),
                        Integer.parseInt(says.get(ExactValues.SCALE)))
                : type.dataType(0, 0);
    }

    private static Optional<Column> find(CollectionSchema shape, String name) {
        return shape.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }

    private static List<String> keyNames(Schema key, List<String> columns) {
        List<String> names = key.fields().stream().map(Field::name).toList();
        return columns.containsAll(names) ? names : List.of();
    }
}
