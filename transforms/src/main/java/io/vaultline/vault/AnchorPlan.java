package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.AnchorSpec;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.EventSpec;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.ReferenceSpec;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import org.jspecify.annotations.Nullable;

/** How rows of one shape are identified, and become rows of an entity's hub, or of the link that it is. For one thread. */
final class AnchorPlan {
    private final boolean isReference;
    /** Versions hold the key themselves, so nothing else does. */
    private final boolean isNoTable;

    private final VaultTable table;
    private final IdentityReader identity;
    private final EndReader[] ends;
    private final byte[][] endKeys;

    AnchorPlan(VaultTables tables, EntitySpec entity, CollectionSchema shape) {
        AnchorSpec anchor = entity.anchor();
        this.isReference = anchor instanceof ReferenceSpec;
        this.isNoTable = isReference || anchor instanceof EventSpec;
        this.table = tables.anchor(anchor);
        this.identity = new IdentityReader(entity, shape);
        this.ends = anchor instanceof LinkSpec link
                ? link.ends().stream()
                        .map(end -> new EndReader(tables.hub(end), end.key(), shape))
                        .toArray(EndReader[]::new)
                : new EndReader[0];
        this.endKeys = new byte[ends.length][];
    }

    /** The row's hash key; the parts that it is made of stay in the hash. */
    byte[] hashKey(Row row, HashContract hash) {
        hash.start();
        if (isReference) {
            identity.appendKey(row, hash);
            return hash.parts();
        }
        if (ends.length == 0) {
            identity.append(row, hash);
            return hash.hash();
        }
        for (int i = 0; i < ends.length; i++) {
            int mark = hash.mark();
            ends[i].append(row, hash);
            endKeys[i] = hash.hash(mark);
        }
        identity.appendKey(row, hash); // refuses a row without its key, of which the ends are part
        return hash.hash();
    }

    /** Adds the parts of another row's identity behind those that are there. @return that row's hash key; only of hubs */
    byte[] appendIdentity(Row row, HashContract hash) {
        int mark = hash.mark();
        identity.append(row, hash);
        return hash.hash(mark);
    }

    /** Writes the row of the hash key that was computed last. */
    void write(Row row, byte[] hashKey, Stamp stamp, VaultRowSink sink) {
        if (isNoTable) {
            return;
        }
        @Nullable Object[] values = new @Nullable Object[table.columns().size()];
        values[0] = hashKey;
        System.arraycopy(endKeys, 0, values, 1, ends.length);
        stamp.tail(values, identity.read(row, values, 1 + ends.length));
        sink.add(table, values);
    }
}
