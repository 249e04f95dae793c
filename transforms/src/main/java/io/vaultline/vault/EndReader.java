package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.HubKeyPart;
import io.vaultline.vault.model.HubTarget;
import io.vaultline.vault.value.FieldReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the business key of a hub that a row refers to by columns of its own. For one thread. */
final class EndReader {
    /** What a row says about the other end. */
    enum Found {
        KEY,
        /** A part is null: the row refers to nothing. */
        NOTHING,
        /** A part was not sent: the row refers to what it referred to before. */
        UNKNOWN
    }

    private final HubTarget hub;
    private final FieldReader[] fields;
    private final @Nullable Object[] values;

    /**
     * @param hub that is referred to
     * @param columns of the referring collection, one for each key column of the hub
     */
    EndReader(HubTarget hub, List<String> columns, CollectionSchema shape) {
        this.hub = hub;
        this.fields = new FieldReader[columns.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = new FieldReader(columns.get(i), hub.key().get(i).type(), shape);
        }
        this.values = new @Nullable Object[fields.length];
    }

    /** Reads the key, and adds its parts if there is one. */
    Found append(Row row, HashContract hash) {
        boolean unknown = false;
        for (int i = 0; i < fields.length; i++) {
            Object value = fields[i].read(row);
            if (value == null) {
                return Found.NOTHING;
            }
            unknown |= value == Unavailable.VALUE;
            values[i] = value;
        }
        if (unknown) {
            return Found.UNKNOWN;
        }
        hash.text(hub.collisionCode());
        for (int i = 0; i < fields.length; i++) {
            HubKeyPart part = hub.key().get(i);
            Object value = values[i];
            hash.value(part.type(), value == null ? null : part.normalised(value));
        }
        return Found.KEY;
    }
}
