package io.vaultline.verification;

import java.util.Map;

/** How far a store has come with the changes in Kafka. */
interface StoreProgress {
    /** What the store is called: {@code vault} or {@code history}. */
    String store();

    /** For each {@code topic-partition} that it has read from: the offset after the last change that it holds durably. */
    Map<String, Long> nextOffsets();
}
