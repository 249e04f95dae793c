package io.vaultline.vault;

import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.HubKeyPart;
import io.vaultline.vault.model.HubTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows of a hub that values within other rows name. */
final class HubWriter {
    private final HubTarget hub;

    HubWriter(HubTarget hub) {
        this.hub = hub;
    }

    /** Parts of the business key, in key order. */
    List<HubKeyPart> key() {
        return hub.key();
    }

    /**
     * Adds the parts of the key that {@code values} hold from {@code first} on.
     *
     * @return the hash key
     */
    byte[] append(@Nullable Object[] values, int first, HashContract hash) {
        int mark = hash.mark();
        hash.text(hub.collisionCode());
        for (int i = 0; i < hub.key().size(); i++) {
            hash.value(hub.key().get(i).type(), values[first + i]);
        }
        return hash.hash(mark);
    }

    /** Writes the row of that key. */
    void write(byte[] hashKey, @Nullable Object[] values, int first, Stamp stamp, VaultRowSink sink) {
        int parts = hub.key().size();
        @Nullable Object[] row = new @Nullable Object[hub.table().columns().size()];
        row[0] = hashKey;
        System.arraycopy(values, first, row, 1, parts);
        stamp.tail(row, 1 + parts);
        sink.add(hub.table(), row);
    }
}
