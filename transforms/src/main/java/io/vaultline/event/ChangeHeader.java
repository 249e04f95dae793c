package io.vaultline.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What every change says of itself.
 *
 * @param commitMicros the source's commit time, microseconds since the epoch; for rows read by a snapshot the time of
 *     the snapshot
 * @param transaction the source's name of the transaction; null where it has none
 */
public record ChangeHeader(
        CollectionSchema schema,
        CommitOrder order,
        long commitMicros,
        @Nullable String transaction) {
    public ChangeHeader {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(order, "order");
    }
}
