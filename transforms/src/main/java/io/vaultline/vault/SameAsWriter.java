package io.vaultline.vault;

import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;

/** Writes rows of one same-as link, and of one of its effectivity satellites. */
final class SameAsWriter {
    private final VaultTable pairs;
    private final VaultTable effectivity;
    private final byte[] noPair;

    SameAsWriter(VaultTables tables, VaultTable pairs, VaultTable effectivity) {
        this.pairs = pairs;
        this.effectivity = effectivity;
        this.noPair = HashContract.zeroKey(tables.model().rules().algorithm());
    }

    /** Writes the pair, and that it holds from now on. */
    void holds(byte[] driving, byte[] key, byte[] master, byte[] duplicate, Stamp stamp, VaultRowSink sink) {
        sink.add(
                pairs, key, master, duplicate, stamp.loadTs(), stamp.recordSource(), stamp.position(), stamp.ordinal());
        effectivity(driving, key, true, stamp, sink);
    }

    /** Writes that no pair holds from now on. */
    void nothingHolds(byte[] driving, Stamp stamp, VaultRowSink sink) {
        effectivity(driving, noPair, false, stamp, sink);
    }

    private void effectivity(byte[] driving, byte[] pair, boolean active, Stamp stamp, VaultRowSink sink) {
        sink.add(
                effectivity,
                driving,
                pair,
                stamp.position(),
                stamp.ordinal(),
                active,
                stamp.loadTs(),
                stamp.recordSource());
    }
}
