package io.vaultline.verify;

import java.util.List;
import java.util.Objects;

/**
 * How one store compares with the source in one collection.
 *
 * @param store {@code vault} or {@code history}
 * @param rows how many rows the store has
 * @param equal whether the contents are the same, row for row
 * @param differences the first rows that differ
 */
public record StoreComparison(String store, long rows, boolean equal, List<Difference> differences) {
    public StoreComparison {
        Objects.requireNonNull(store, "store");
        differences = List.copyOf(differences);
    }
}
