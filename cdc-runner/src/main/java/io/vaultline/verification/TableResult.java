package io.vaultline.verification;

import io.vaultline.event.CollectionId;
import io.vaultline.verify.CollectionComparison;

/**
 * What came out for one collection.
 *
 * @param historyChanges how many changes the history keeps of it, over all time
 */
public record TableResult(CollectionComparison comparison, long historyChanges) {
    /** The store's name in {@link CollectionComparison#store}. */
    public static final String VAULT = "vault";
    /** The store's name in {@link CollectionComparison#store}. */
    public static final String HISTORY = "history";

    /** Which collection. */
    public CollectionId collection() {
        return comparison.collection();
    }

    /** Namespace and name, as the source knows it. */
    public String table() {
        return collection().namespace() + "." + collection().name();
    }

    long vaultRows() {
        return comparison.store(VAULT).rows();
    }

    long historyRows() {
        return comparison.store(HISTORY).rows();
    }
}
