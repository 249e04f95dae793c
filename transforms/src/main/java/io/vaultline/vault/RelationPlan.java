package io.vaultline.vault;

import io.vaultline.event.Row;

/** How rows of one shape become rows of a link and of its effectivity satellite. */
interface RelationPlan {
    /**
     * Writes the complete set of relations that the row states, or nothing if the row does not say.
     *
     * @param hash holds the parts of the row's own identity, and does so again afterwards
     */
    void version(Row row, byte[] hashKey, Stamp stamp, HashContract hash, VaultRowSink sink);

    /** Writes that there is no relation any more. */
    void ended(byte[] hashKey, Stamp stamp, VaultRowSink sink);
}
