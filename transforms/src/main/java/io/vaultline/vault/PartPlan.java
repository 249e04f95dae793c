package io.vaultline.vault;

import io.vaultline.vault.hash.HashContract;

/** How changes of rows of one shape become rows of one part of the vault, such as a satellite or a link. For one thread. */
interface PartPlan {
    /**
     * Writes everything that a row which is there states of this part, or nothing if the row does not say.
     *
     * @param hash holds the parts of the row's identity, and does so again afterwards
     */
    void version(RowVersion version, HashContract hash, VaultRowSink sink);

    /**
     * Writes that a row is gone.
     *
     * @param hash as in {@link #version}
     */
    void gone(byte[] hashKey, Stamp stamp, HashContract hash, VaultRowSink sink);
}
