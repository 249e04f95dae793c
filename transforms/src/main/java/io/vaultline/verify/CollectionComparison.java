package io.vaultline.verify;

import io.vaultline.event.CollectionId;
import java.util.List;
import java.util.Objects;

/**
 * One collection in the source and in the stores, at one commit position.
 *
 * @param sourceRows how many rows the source has
 * @param stores in the order in which they were asked
 */
public record CollectionComparison(CollectionId collection, long sourceRows, List<StoreComparison> stores) {
    public CollectionComparison {
        Objects.requireNonNull(collection, "collection");
        stores = List.copyOf(stores);
    }

    /** Whether every store equals the source. */
    public boolean equal() {
        return stores.stream().allMatch(StoreComparison::equal);
    }

    /** How a store compares. @throws IllegalArgumentException if it was not asked */
    public StoreComparison store(String name) {
        return stores.stream()
                .filter(store -> store.store().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no store " + name));
    }
}
