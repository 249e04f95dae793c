package io.vaultline.capture.postgres;

import io.vaultline.capture.mask.ColumnMask;
import io.vaultline.capture.output.UnfitValue;
import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.util.Arrays;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one shape out of the connector's records of one schema. */
final class RowReader {
    private final CollectionSchema shape;
    private final Field[] fields;
    private final DataType[] types;
    private final ColumnMask[] masks;

    /** @param shape masked as the filter says */
    RowReader(CollectionSchema shape, Schema row, CollectionFilter filter) {
        this.shape = shape;
        this.fields =
                shape.columns().stream().map(column -> row.field(column.name())).toArray(Field[]::new);
        this.types = Arrays.stream(fields)
                .map(field -> ConnectorShape.column(field).plainType())
                .toArray(DataType[]::new);
        this.masks = Arrays.stream(fields)
                .map(field -> filter.mask(shape.id(), field.name()))
                .toArray(ColumnMask[]::new);
    }

    CollectionSchema shape() {
        return shape;
    }

    /** A new row version; values that were not sent are unavailable. */
    Row after(Struct struct) {
        return masked(values(struct));
    }

    /**
     * An old row version. PostgreSQL sends all of it or the key only; then it leaves the rest empty, and that is not the
     * same as null.
     */
    Row before(Struct struct) {
        @Nullable Object[] values = values(struct);
        boolean keyOnly = true;
        for (int i = 0; i < values.length && keyOnly; i++) {
            keyOnly = values[i] == null || shape.isKey(i);
        }
        for (int i = 0; i < values.length && keyOnly; i++) {
            values[i] = shape.isKey(i) ? values[i] : Unavailable.VALUE;
        }
        return masked(values);
    }

    private Row masked(@Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] instanceof UnfitValue)) {
                values[i] = masks[i].value(types[i], values[i]);
            }
        }
        return new Row(shape, values);
    }

    private @Nullable Object[] values(Struct struct) {
        @Nullable Object[] values = new @Nullable Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            try {
                values[i] = ColumnValues.ofStream(types[i], struct.get(fields[i]));
            } catch (ValueProblem | ArithmeticException | IllegalArgumentException e) {
                values[i] = ValueProblem.unfit(e, shape, i, masks[i], struct.get(fields[i]));
            }
        }
        return values;
    }
}
