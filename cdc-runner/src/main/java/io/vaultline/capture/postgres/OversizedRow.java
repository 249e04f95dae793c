package io.vaultline.capture.postgres;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A row that is too large to be read, found before memory was taken for it. An I/O failure, so that the driver stops. */
final class OversizedRow extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int DEPTH = 20;
    private static final long MEBI = 1L << 20;

    private final String table;
    private final String column;
    private final int index;
    private final long valueBytes;
    private final long rowBytes;
    private final long limit;

    /**
     * @param names of the table, if they are known
     * @param index of the largest value's column
     */
    OversizedRow(@Nullable RelationNames names, int index, long valueBytes, long rowBytes, long limit) {
        super("a row of " + rowBytes + " bytes");
        this.table = names == null ? "" : names.table();
        this.column = names == null || index >= names.columns().size()
                ? ""
                : names.columns().get(index);
        this.index = index;
        this.valueBytes = valueBytes;
        this.rowBytes = rowBytes;
        this.limit = limit;
    }

    /** Such a row among a failure's causes; null if it has another reason. */
    static @Nullable OversizedRow in(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEPTH; depth++, cause = cause.getCause()) {
            if (cause instanceof OversizedRow row) {
                return row;
            }
        }
        return null;
    }

    /** The place of the largest value among the row's columns. */
    int index() {
        return index;
    }

    /** Of a row that was streamed, which says whose it is. */
    PipelineException problem() {
        return problem(table.isEmpty() ? "a table" : "column " + table + "." + column);
    }

    /** @param where the column */
    PipelineException problem(String where) {
        return new PipelineException(
                ErrorCode.VALUE_OUT_OF_RANGE,
                "A value of " + mebi(valueBytes) + " MiB makes a row of " + mebi(rowBytes)
                        + " MiB; with this memory, rows of " + mebi(limit) + " MiB can be read",
                where,
                "Leave the column out (exclude-columns), and start with more memory until the row is passed, since the"
                        + " server sends it still: a row may take an eighth of it, so -Xmx" + needed() + "m is enough.",
                this);
    }

    private long needed() {
        return (mebi(rowBytes) + 1) * 8;
    }

    private static long mebi(long bytes) {
        return (bytes + MEBI - 1) / MEBI;
    }
}
