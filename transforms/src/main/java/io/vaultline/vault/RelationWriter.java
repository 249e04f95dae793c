package io.vaultline.vault;

/** Writes the rows of one link and of its effectivity satellite. */
final class RelationWriter {
    private static final byte[] NO_RELATION = HashContract.zeroKey();

    private final VaultTable link;
    private final VaultTable effectivity;

    RelationWriter(VaultTables tables, LinkSpec spec) {
        this.link = tables.link(spec);
        this.effectivity = tables.effectivity(spec);
    }

    void related(RowVersion driving, byte[] target, byte[] linkKey, VaultRowSink sink) {
        Stamp stamp = driving.stamp();
        sink.add(
                link,
                linkKey,
                driving.hashKey(),
                target,
                stamp.loadTs(),
                stamp.recordSource(),
                stamp.position(),
                stamp.ordinal());
        effectivity(driving.hashKey(), linkKey, true, stamp, sink);
    }

    void unrelated(byte[] driving, Stamp stamp, VaultRowSink sink) {
        effectivity(driving, NO_RELATION, false, stamp, sink);
    }

    private void effectivity(byte[] driving, byte[] linkKey, boolean active, Stamp stamp, VaultRowSink sink) {
        sink.add(
                effectivity,
                driving,
                linkKey,
                stamp.position(),
                stamp.ordinal(),
                active,
                stamp.loadTs(),
                stamp.recordSource());
    }
}
