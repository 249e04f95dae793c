package io.vaultline.iceberg.table;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Where each column of a collection stands in a history table, and what has to change in the table before it can.
 *
 * <p>Columns are never dropped or renamed: a table shows what every row of it ever had. A column whose new type its
 * field can't be widened to gets a side column {@code <name>__<type>} for the values to come.
 *
 * @param fields the field of each column, in the order of the collection's columns
 * @param changes what is missing, in order
 */
record ColumnPlan(List<String> fields, List<Change> changes) {

    /** A change of a table's schema. */
    sealed interface Change {
        String field();

        Type.PrimitiveType type();
    }

    /** A new field. */
    record Add(String field, Type.PrimitiveType type, String doc) implements Change {}

    /** A field that becomes wide enough. */
    record Widen(String field, Type.PrimitiveType type) implements Change {}

    ColumnPlan {
        fields = List.copyOf(fields);
        changes = List.copyOf(changes);
    }

    static ColumnPlan of(Schema table, CollectionSchema collection) {
        Map<String, Type> types = new LinkedHashMap<>();
        for (NestedField field : table.columns()) {
            types.put(field.name(), field.type());
        }
        List<String> fields = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (Column column : collection.columns()) {
            fields.add(place(column, types, changes));
        }
        return new ColumnPlan(fields, changes);
    }

    private static String place(Column column, Map<String, Type> types, List<Change> changes) {
        Type.PrimitiveType wanted = IcebergTypes.of(column.type());
        String name = ColumnNames.of(column.name(), types.keySet());
        Type present = types.get(name);
        if (present == null) {
            return add(new Add(name, wanted, column.sourceType()), types, changes);
        } else if (IcebergTypes.holds(present, wanted)) {
            return name;
        } else if (IcebergTypes.canWiden(present, wanted)) {
            changes.add(new Widen(name, wanted));
            types.put(name, wanted);
            return name;
        }
        String side = ColumnNames.side(name, IcebergTypes.suffix(wanted));
        return types.containsKey(side) ? side : add(new Add(side, wanted, column.sourceType()), types, changes);
    }

    private static String add(Add change, Map<String, Type> types, List<Change> changes) {
        changes.add(change);
        types.put(change.field(), change.type());
        return change.field();
    }
}
