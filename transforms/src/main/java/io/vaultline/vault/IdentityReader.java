package io.vaultline.vault;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.HubSpec;
import io.vaultline.vault.model.KeyHubSpec;
import io.vaultline.vault.value.FieldReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what identifies an entity's row: the values of its key columns, and the parts that its hash key is made of.
 * Keyless tables are identified by the names and values of all columns that are not null, so that a column added later
 * leaves earlier rows what they are.
 */
final class IdentityReader {
    private final byte[] firstPart;
    private final FieldReader[] key;
    private final boolean keyless;
    private final FieldReader[] byName;

    IdentityReader(EntitySpec entity, CollectionSchema shape) {
        CollectionSchema model = entity.schema();
        Optional<KeyHubSpec> declared = entity.anchor() instanceof HubSpec hub ? hub.declared() : Optional.empty();
        this.firstPart = HashContract.partOf(declared.map(KeyHubSpec::collisionCode)
                .orElseGet(() -> model.id().source()));
        this.key = FieldReader.all(model, entity.anchor().keyColumns(), shape);
        for (int i = 0; i < key.length && declared.isPresent(); i++) {
            key[i] =
                    new FieldReader(key[i].column(), declared.get().key().get(i).type(), shape);
        }
        this.keyless = model.key().isEmpty();
        this.byName = FieldReader.byName(key);
    }

    /**
     * Puts the key's values into a vault row.
     *
     * @return the place behind them
     * @throws PipelineException {@code RECORD_UNREADABLE} if the row lacks a part of its identity
     */
    int read(Row row, @Nullable Object[] into, int at) {
        for (int i = 0; i < key.length; i++) {
            into[at + i] = present(key[i], row);
        }
        return at + key.length;
    }

    /** Adds the parts of the row's identity. */
    void append(Row row, HashContract hash) {
        hash.part(firstPart);
        if (!keyless) {
            appendKey(row, hash);
            return;
        }
        for (FieldReader field : byName) {
            Object value = present(field, row);
            if (value != null) {
                hash.text(field.column()).value(field.type(), value);
            }
        }
    }

    /** Adds the parts of the key columns alone. */
    void appendKey(Row row, HashContract hash) {
        for (FieldReader field : key) {
            hash.value(field.type(), present(field, row));
        }
    }

    private @Nullable Object present(FieldReader field, Row row) {
        Object value = field.read(row);
        if (value == Unavailable.VALUE || (value == null && !keyless)) {
            throw new PipelineException(
                    ErrorCode.RECORD_UNREADABLE,
                    "A change does not say which row it is about: a key column has no value",
                    row.schema().id() + "." + field.column(),
                    "Check that the table's replica identity covers its primary key; a table without one needs REPLICA"
                            + " IDENTITY FULL.");
        }
        return value;
    }
}
