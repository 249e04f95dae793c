package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
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

    private final String collisionCode;
    private final FieldReader[] fields;
    private final @Nullable Object[] values;

    /**
     * @param hub that is referred to
     * @param columns of the referring collection, one for each key column of the hub
     */
    EndReader(HubTarget hub, List<String> columns, CollectionSchema shape) {
        this.collisionCode = hub.collisionCode();
        this.fields = new FieldReader[columns.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = new FieldReader(columns.get(i), hub.keyTypes().get(i), shape);
        }
        this.values = new @Nullable Object[fields.length];
    }

    /** Reads the key, and adds its parts if there is one. */
    Found append(Row row, HashContract hash) {
        boolean unknown = false;
        for (int i = 0; i < fields.length; i++) {
            values[i] = fields[i].read(row);
            if (values[i] == null) {
                return Found.NOTHING;
            }
            unknown |= values[i] == Unavailable.VALUE;
        }
        if (unknown) {
            return Found.UNKNOWN;
        }
        hash.text(collisionCode);
        for (int i = 0; i < fields.length; i++) {
            hash.value(fields[i].type(), values[i]);
        }
        return Found.KEY;
    }
}
