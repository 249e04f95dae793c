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

/** How rows of one shape become versions in one of an entity's satellites. */
final class SatellitePlan implements PartPlan {
    private static final int HASHDIFF = 5;
    private static final int DELETED = 6;
    private static final int UNAVAILABLE = 7;
    private static final int MOVED_FROM = 8;
    private static final int FIRST_COLUMN = 9;

    private final VaultTable table;
    private final FieldReader[] fields;
    /** Places in {@link #fields} in the order in which the hash difference takes them. */
    private final int[] hashOrder;
    /** The part of each field's name, as the hash difference takes it. */
    private final byte[][] nameParts;

    SatellitePlan(VaultTables tables, EntitySpec entity, SatelliteSpec satellite, CollectionSchema shape) {
        this.table = tables.satellite(satellite);
        this.fields = FieldReader.all(entity.schema(), satellite.columns(), shape);
        List<FieldReader> inOrder = List.of(fields);
        this.hashOrder = List.of(FieldReader.byName(fields)).stream()
                .mapToInt(inOrder::indexOf)
                .toArray();
        this.nameParts = inOrder.stream()
                .map(field -> HashContract.partOf(field.column()))
                .toArray(byte[][]::new);
    }

    @Override
    public void version(RowVersion version, HashContract hash, VaultRowSink sink) {
        @Nullable Object[] values = start(version.hashKey(), version.stamp());
        values[MOVED_FROM] = version.movedFrom();
        for (int i = 0; i < fields.length; i++) {
            values[FIRST_COLUMN + i] = fields[i].read(version.row());
        }
        values[HASHDIFF] = difference(values, hash);
        values[DELETED] = false;
        values[UNAVAILABLE] = takeUnavailable(values);
        sink.add(table, values);
    }

    @Override
    public void gone(byte[] hashKey, Stamp stamp, HashContract hash, VaultRowSink sink) {
        @Nullable Object[] values = start(hashKey, stamp);
        values[HASHDIFF] = hash.hash(hash.mark());
        values[DELETED] = true;
        values[UNAVAILABLE] = List.of();
        sink.add(table, values);
    }

    private @Nullable Object[] start(byte[] hashKey, Stamp stamp) {
        @Nullable Object[] values = new @Nullable Object[FIRST_COLUMN + fields.length];
        values[0] = hashKey;
        stamp.head(values);
        return values;
    }

    private byte[] difference(@Nullable Object[] values, HashContract hash) {
        int identity = hash.mark();
        for (int place : hashOrder) {
            Object value = values[FIRST_COLUMN + place];
            if (value != null) {
                hash.part(nameParts[place]).value(fields[place].type(), value);
            }
        }
        byte[] difference = hash.hash(identity);
        hash.back(identity);
        return difference;
    }

    /** Names the columns that were not sent, and leaves them null. */
    private List<String> takeUnavailable(@Nullable Object[] values) {
        List<String> names = List.of();
        for (int i = FIRST_COLUMN; i < values.length; i++) {
            if (values[i] == Unavailable.VALUE) {
                values[i] = null;
                if (names.isEmpty()) {
                    names = new ArrayList<>();
                }
                names.add(table.columns().get(i).name());
            }
        }
        return names;
    }
}
