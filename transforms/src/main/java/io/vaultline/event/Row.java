package io.vaultline.event;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values of one row in the order of its schema's columns: each present, null, or {@link Unavailable}. */
public final class Row {
    private final CollectionSchema schema;
    private final @Nullable Object[] values;

    /**
     * @param values one for each column, of the class that {@link DataType} names; owned by the row from here on
     */
    public Row(CollectionSchema schema, @Nullable Object... values) {
        if (values.length != schema.columns().size()) {
            throw new IllegalArgumentException(
                    schema.id() + " has " + schema.columns().size() + " columns, not " + values.length);
        }
        this.schema = Objects.requireNonNull(schema, "schema");
        this.values = values;
    }

    public CollectionSchema schema() {
        return schema;
    }

    /** The value at a position of the schema: null, {@link Unavailable#VALUE}, or an object of the type's class. */
    public @Nullable Object get(int index) {
        return values[index];
    }

    /** The value of a column by name. @throws IllegalArgumentException if there is no such column */
    public @Nullable Object get(String column) {
        return values[
                schema.indexOf(column)
                        .orElseThrow(() -> new IllegalArgumentException(schema.id() + " has no column " + column))];
    }

    public boolean isUnavailable(int index) {
        return values[index] == Unavailable.VALUE;
    }

    /** Whether any value is unavailable. */
    public boolean isPartial() {
        for (Object value : values) {
            if (value == Unavailable.VALUE) {
                return true;
            }
        }
        return false;
    }

    /** This row with what is unavailable in it taken from another of the same schema; that may lack it too. */
    public Row completedBy(Row other) {
        if (!isPartial()) {
            return this;
        }
        @Nullable Object[] completed = values.clone();
        for (int i = 0; i < completed.length; i++) {
            if (completed[i] == Unavailable.VALUE) {
                completed[i] = other.values[i];
            }
        }
        return new Row(schema, completed);
    }

    /** This row with everything but its key made unavailable. */
    public Row keyOnly() {
        @Nullable Object[] kept = new @Nullable Object[values.length];
        Arrays.fill(kept, Unavailable.VALUE);
        for (int index : schema.keyIndexes()) {
            kept[index] = values[index];
        }
        return new Row(schema, kept);
    }

    /** Whether both rows have the same identity by value. */
    public boolean sameKey(Row other) {
        int[] mine = schema.keyIndexes();
        int[] theirs = other.schema.keyIndexes();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int i = 0; i < mine.length; i++) {
            if (!Objects.deepEquals(values[mine[i]], other.values[theirs[i]])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row that && schema.equals(that.schema) && Arrays.deepEquals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * schema.id().hashCode() + Arrays.deepHashCode(values);
    }

    /** Names the collection only: a row's data does not belong into logs. */
    @Override
    public String toString() {
        return "row of " + schema.id();
    }
}
