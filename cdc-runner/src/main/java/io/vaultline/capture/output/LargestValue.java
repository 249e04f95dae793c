package io.vaultline.capture.output;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.Row;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The value of a change that takes the most bytes, to be named when the change is too large. */
record LargestValue(CollectionId collection, String name, long bytes) {
    private static final long MEBI = 1L << 20;

    static LargestValue of(DataChangeEvent event) {
        LargestValue largest = new LargestValue(event.schema().id(), "", -1);
        for (Row row : RowImages.of(event)) {
            for (int i = 0; i < row.schema().columns().size(); i++) {
                long size = bytes(row.get(i));
                if (size > largest.bytes) {
                    largest = new LargestValue(
                            largest.collection, row.schema().columns().get(i).name(), size);
                }
            }
        }
        return largest;
    }

    /** At least how many bytes the change takes. */
    static long weight(DataChangeEvent event) {
        long weight = 0;
        for (Row row : RowImages.of(event)) {
            for (int i = 0; i < row.schema().columns().size(); i++) {
                weight += bytes(row.get(i));
            }
        }
        return weight;
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
                "column " + collection + "." + name,
                "Leave the column out (exclude-columns), or keep such values outside of the database.");
    }

    private static long mebi(long bytes) {
        return (bytes + MEBI - 1) / MEBI;
    }
}
