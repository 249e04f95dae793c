package io.vaultline.capture.output;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.Row;
import io.vaultline.kafka.RecordLimit;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The value of a change that takes the most bytes, to be named when the change is too large. */
record LargestValue(CollectionId collection, String name, long bytes) {
    private static final long KIBI = 1L << 10;
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

    PipelineException problem(long recordBytes, RecordLimit limit) {
        return new PipelineException(
                ErrorCode.VALUE_OUT_OF_RANGE,
                "A value of " + size(bytes) + " makes a change of " + size(recordBytes)
                        + " with key and row before; its topic takes " + size(limit.bytes()),
                "column " + collection + "." + name,
                limit.isLow()
                        ? "Raise what the topic takes, restart the pipeline, then replay the letter: "
                                + limit.statement()
                        : "Leave the column out (exclude-columns), or keep such values outside of the database.");
    }

    /** Rounded up. */
    private static String size(long bytes) {
        boolean large = bytes >= MEBI;
        long unit = large ? MEBI : KIBI;
        return (bytes + unit - 1) / unit + (large ? " MiB" : " KiB");
    }
}
