package io.vaultline.vault;

import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.vault.model.VaultTable;
import org.jspecify.annotations.Nullable;

/** Writes how rows of an entity came and went: an update is neither. */
final class StatusPlan {
    private static final String READ = "read";
    private static final String CREATED = "created";
    private static final String DELETED = "deleted";
    private static final String MOVED = "moved";

    private final VaultTable table;

    StatusPlan(VaultTable table) {
        this.table = table;
    }

    /** @param formerKey hash key that the row had before this change, if it had another */
    void came(DataChangeEvent event, RowVersion version, byte @Nullable [] formerKey, VaultRowSink sink) {
        if (!(event instanceof RowUpdated)) {
            String created = formerKey == null ? CREATED : MOVED;
            String status = event instanceof RowRead ? READ : created;
            add(version.hashKey(), status, false, formerKey, version.stamp(), sink);
        }
    }

    /** @param newKey hash key that the row has from now on, if it lives on under another */
    void went(byte[] hashKey, byte @Nullable [] newKey, Stamp stamp, VaultRowSink sink) {
        add(hashKey, newKey == null ? DELETED : MOVED, true, newKey, stamp, sink);
    }

    private void add(
            byte[] hashKey, String status, boolean gone, byte @Nullable [] otherKey, Stamp stamp, VaultRowSink sink) {
        sink.add(
                table,
                hashKey,
                stamp.position(),
                stamp.ordinal(),
                stamp.loadTs(),
                stamp.recordSource(),
                status,
                gone,
                otherKey);
    }
}
