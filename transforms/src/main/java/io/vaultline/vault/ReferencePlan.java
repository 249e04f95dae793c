package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.SatelliteSpec;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import io.vaultline.vault.value.FieldReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How rows of one shape become versions in a reference table. */
final class ReferencePlan implements PartPlan {
    private static final int DELETED = 5;
    private static final int UNAVAILABLE = 6;
    private static final int MOVED_FROM = 7;
    private static final int FIRST_COLUMN = 8;

    private final VaultTable table;
    private final FieldReader[] fields;

    ReferencePlan(VaultTables tables, EntitySpec entity, SatelliteSpec versions, CollectionSchema shape) {
        this.table = tables.satellite(versions);
        this.fields = FieldReader.all(entity.schema(), versions.columns(), shape);
    }

    @Override
    public void version(RowVersion version, HashContract hash, VaultRowSink sink) {
        @Nullable Object[] values = start(version.hashKey(), version.stamp());
        List<String> unavailable = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            Object value = fields[i].read(version.row());
            if (value == Unavailable.VALUE) {
                unavailable.add(table.columns().get(FIRST_COLUMN + i).name());
            } else {
                values[FIRST_COLUMN + i] = value;
            }
        }
        values[DELETED] = false;
        values[UNAVAILABLE] = unavailable;
        values[MOVED_FROM] = version.movedFrom();
        sink.add(table, values);
    }

    @Override
    public void gone(byte[] naturalKey, Stamp stamp, HashContract hash, VaultRowSink sink) {
        @Nullable Object[] values = start(naturalKey, stamp);
        values[DELETED] = true;
        values[UNAVAILABLE] = List.of();
        sink.add(table, values);
    }

    private @Nullable Object[] start(byte[] naturalKey, Stamp stamp) {
        @Nullable Object[] values = new @Nullable Object[FIRST_COLUMN + fields.length];
        values[0] = naturalKey;
        values[1] = stamp.position();
        values[2] = stamp.ordinal();
        values[3] = stamp.loadTs();
        values[4] = stamp.recordSource();
        return values;
    }
}
