package io.vaultline.codec;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The Avro schemas of a collection's records.
 *
 * <p>Avro's fingerprint leaves out logical types and properties, so that two shapes which differ in a decimal's scale
 * alone would share one. The names of the records therefore carry a digest of the whole shape.
 */
final class AvroSchemas {
    /** Property that keeps a column's own name where Avro can't spell it. */
    static final String COLUMN = "vaultline.column";

    /** Operations in the order of the enum's symbols. */
    static final List<String> OPERATIONS = List.of("READ", "CREATE", "UPDATE", "DELETE", "TRUNCATE");

    private AvroSchemas() {}

    static Schema row(CollectionSchema schema, String digest) {
        return record(schema, "Row_" + digest, allIndexes(schema));
    }

    static Schema key(CollectionSchema schema, String digest) {
        return record(schema, "Key_" + digest, schema.keyIndexes());
    }

    static Schema change(CollectionSchema schema, String digest, Schema row, Schema key) {
        Schema none = Schema.create(Schema.Type.NULL);
        String namespace = namespace(schema);
        Schema change = Schema.createRecord("Change_" + digest, null, namespace, false);
        change.setFields(List.of(
                new Schema.Field("op", Schema.createEnum("Operation", null, namespace, OPERATIONS)),
                new Schema.Field("commit_position", Schema.create(Schema.Type.LONG)),
                new Schema.Field("commit_ordinal", Schema.create(Schema.Type.LONG)),
                new Schema.Field("commit_ts", micros()),
                new Schema.Field("transaction", Schema.createUnion(none, Schema.create(Schema.Type.STRING))),
                new Schema.Field("before", Schema.createUnion(none, row, key)),
                new Schema.Field("after", Schema.createUnion(none, row)),
                new Schema.Field("unavailable", Schema.createArray(Schema.create(Schema.Type.INT))),
                new Schema.Field("moved", Schema.createUnion(none, key))));
        return change;
    }

    private static Schema record(CollectionSchema schema, String name, int[] indexes) {
        List<Schema.Field> fields = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int index : indexes) {
            Column column = schema.columns().get(index);
            String safe = unique(safeName(column.name()), taken);
            Schema nullable = Schema.createUnion(Schema.create(Schema.Type.NULL), value(column.type()));
            Schema.Field field = new Schema.Field(safe, nullable);
            if (!safe.equals(column.name())) {
                field.addProp(COLUMN, column.name());
            }
            fields.add(field);
        }
        Schema record = Schema.createRecord(name, null, namespace(schema), false);
        record.setFields(fields);
        return record;
    }

    private static Schema value(DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            return LogicalTypes.decimal(decimal.precision(), decimal.scale())
                    .addToSchema(Schema.create(Schema.Type.BYTES));
        }
        return switch ((DataType.Simple) type) {
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case INT16, INT32 -> Schema.create(Schema.Type.INT);
            case INT64 -> Schema.create(Schema.Type.LONG);
            case FLOAT32 -> Schema.create(Schema.Type.FLOAT);
            case FLOAT64 -> Schema.create(Schema.Type.DOUBLE);
            case NUMERIC, TEXT -> Schema.create(Schema.Type.STRING);
            case BYTES -> Schema.create(Schema.Type.BYTES);
            case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case TIME -> LogicalTypes.timeMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case TIMESTAMP -> LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case TIMESTAMP_TZ -> micros();
            case UUID -> LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING));
            case JSON -> {
                Schema text = Schema.create(Schema.Type.STRING);
                text.addProp("vaultline.type", "json");
                yield text;
            }
        };
    }

    private static Schema micros() {
        return LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    }

    private static String namespace(CollectionSchema schema) {
        return "vaultline." + safeName(schema.id().source()) + "."
                + safeName(schema.id().namespace()) + "." + safeName(schema.id().name());
    }

    private static String safeName(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9_]", "_");
        return safe.isEmpty() || Character.isDigit(safe.charAt(0)) ? "_" + safe : safe;
    }

    private static String unique(String name, Set<String> taken) {
        String candidate = name;
        for (int n = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); n++) {
            candidate = name + "_" + n;
        }
        return candidate;
    }

    private static int[] allIndexes(CollectionSchema schema) {
        int[] indexes = new int[schema.columns().size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = i;
        }
        return indexes;
    }
}
