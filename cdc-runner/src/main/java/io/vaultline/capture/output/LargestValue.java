package io.vaultline.capture.output;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.Row;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The value of a row that takes the most bytes, to be named when the row is too large. */
record LargestValue(String column, long bytes) {
    private static final long MEBI = 1L << 20;

    static LargestValue of(Row row) {
        int largest = 0;
        long bytes = 0;
        for (int i = 0; i < row.schema().columns().size(); i++) {
            long size = bytes(row.get(i));
            largest = size > bytes ? i : largest;
            bytes = Math.max(size, bytes);
        }
        return new LargestValue(
                row.schema().id() + "." + row.schema().columns().get(largest).name(), bytes);
    }

    private static long bytes(@Nullable Object value) {
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
        return value instanceof byte[] bytes ? bytes.length : 0;
    }

    PipelineException problem(long recordBytes, long limit) {
        return new PipelineException(
                ErrorCode.VALUE_OUT_OF_RANGE,
                "A value of " + mebi(bytes) + " MiB makes a change of " + mebi(recordBytes)
                        + " MiB with key and row before; Kafka takes " + mebi(limit) + " MiB",
                "column " + column,
                "Leave the column out (exclude-columns), or keep such values outside of the database.");
    }

    private static long mebi(long bytes) {
        return (bytes + MEBI - 1) / MEBI;
    }
}
