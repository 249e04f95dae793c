package io.vaultline.iceberg.table;

import java.util.Arrays;
import org.apache.iceberg.StructLike;
import org.jspecify.annotations.Nullable;

/** One row of a history table, by the positions of the table's columns, in Iceberg's internal model. */
public final class HistoryRow implements StructLike {
    private final @Nullable Object[] values;

    /** @param size how many columns the table has */
    public HistoryRow(int size) {
        this.values = new @Nullable Object[size];
    }

    /** Makes every value null. */
    void clear() {
        Arrays.fill(values, null);
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public <T> @Nullable T get(int position, Class<T> javaClass) {
        return javaClass.cast(values[position]);
    }

    @Override
    public <T> void set(int position, @Nullable T value) {
        values[position] = value;
    }
}
