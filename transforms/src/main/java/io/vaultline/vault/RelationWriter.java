package io.vaultline.vault;

/** Writes the rows of one link and of its effectivity satellite. */
final class RelationWriter {
    private final VaultTable link;
    private final VaultTable effectivity;
    private final byte[] noRelation;

    RelationWriter(VaultTables tables, LinkSpec spec) {
        this.link = tables.link(spec);
        this.effectivity = tables.effectivity(spec);
        this.noRelation = HashContract.zeroKey(tables.model().rules().algorithm());
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
        effectivity(driving, noRelation, false, stamp, sink);
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
