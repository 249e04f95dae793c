package io.vaultline.vault;

import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.Row;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.SameAsSpec;
import io.vaultline.vault.model.VaultTables;

/** The pairs of keys that changes of primary keys state. */
final class SameAsPlan {
    private final AnchorPlan anchor;
    private final SameAsWriter writer;

    /** @param anchor of the rows, which is the hub of the pairs */
    SameAsPlan(VaultTables tables, SameAsSpec sameAs, AnchorPlan anchor) {
        this.anchor = anchor;
        this.writer = new SameAsWriter(tables, tables.sameAs(sameAs), tables.effectivity(sameAs));
    }

    /**
     * Writes, of a row that was not there before, that its key is no duplicate from now on; and if it had another key
     * before, that this one is.
     *
     * @param hash holds the parts of the row's identity, and does so again afterwards
     */
    void version(DataChangeEvent event, byte[] hashKey, Stamp stamp, HashContract hash, VaultRowSink sink) {
        if (event instanceof RowRead || event instanceof RowCreated) {
            writer.nothingHolds(hashKey, stamp, sink);
        }
        if (event instanceof RowCreated created && created.movedFrom() != null) {
            pair(hashKey, created.movedFrom(), stamp, hash, sink);
        }
    }

    private void pair(byte[] master, Row old, Stamp stamp, HashContract hash, VaultRowSink sink) {
        int own = hash.mark();
        byte[] duplicate = anchor.appendIdentity(old, hash);
        byte[] key = hash.hash();
        hash.back(own);
        anchor.write(old, duplicate, stamp, sink);
        writer.holds(duplicate, key, master, duplicate, stamp, sink);
    }
}
