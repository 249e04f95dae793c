package io.vaultline.history;

import io.vaultline.event.Row;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Estimates what rows take of the heap. */
final class RowWeight {
    /** A row's objects and its entry in a map, in bytes. */
    private static final long FIXED = 160;

    private RowWeight() {}

    /** Bytes, roughly. */
    static long of(Row row) {
        long bytes = FIXED;
        for (int i = 0; i < row.schema().columns().size(); i++) {
            bytes += of(row.get(i));
        }
        return bytes;
    }

    private static long of(@Nullable Object value) {
        if (value instanceof String text) {
            return 64L + text.length();
        } else if (value instanceof byte[] bytes) {
            return 32L + bytes.length;
        } else if (value instanceof BigDecimal) {
            return 80;
        }
        return 32;
    }
}
