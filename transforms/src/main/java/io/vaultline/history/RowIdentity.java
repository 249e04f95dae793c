package io.vaultline.history;

import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What identifies a row, compared by value: the primary key, or for keyless collections every column. */
final class RowIdentity {
    private final @Nullable Object[] key;
    private final int hash;

    private RowIdentity(@Nullable Object[] key) {
        this.key = key;
        int raw = Arrays.deepHashCode(key);
        this.hash = raw ^ raw >>> 16;
    }

    static RowIdentity of(Row row) {
        return of(row, null);
    }

    /** @param before tells what the row leaves unavailable, since only what has not changed is left out */
    static RowIdentity of(Row row, @Nullable Row before) {
        int[] indexes = row.schema().keyIndexes();
        @Nullable Object[] key = new @Nullable Object[indexes.length];
        for (int i = 0; i < key.length; i++) {
            Object value = row.get(indexes[i]);
            key[i] = value == Unavailable.VALUE && before != null ? before.get(indexes[i]) : value;
        }
        return new RowIdentity(key);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowIdentity that && hash == that.hash && Arrays.deepEquals(key, that.key);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
