package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.EventSpec;
import io.vaultline.vault.model.SatelliteSpec;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import io.vaultline.vault.value.FieldReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How rows of one shape become versions in a table that holds all of them: a reference table, or a link of events. */
final class WholeRowPlan implements PartPlan {
    private static final int DELETED = 5;
    private static final int UNAVAILABLE = 6;
    private static final int MOVED_FROM = 7;
    private static final int FIRST_END = 8;

    private final VaultTable table;
    private final EventEnd[] ends;
    private final int firstColumn;
    private final FieldReader[] fields;
    private final byte[] noEnd;

    WholeRowPlan(VaultTables tables, EntitySpec entity, SatelliteSpec versions, CollectionSchema shape) {
        this.table = tables.satellite(versions);
        this.ends = entity.anchor() instanceof EventSpec event
                ? EventEnd.all(tables, event, shape).toArray(EventEnd[]::new)
                : new EventEnd[0];
        this.firstColumn = FIRST_END + ends.length;
        this.fields = FieldReader.all(entity.schema(), versions.columns(), shape);
        this.noEnd = HashContract.zeroKey(tables.model().rules().algorithm());
    }

    @Override
    public void version(RowVersion version, HashContract hash, VaultRowSink sink) {
        @Nullable Object[] values = start(version.hashKey(), version.stamp());
        List<String> unavailable = new ArrayList<>();
        for (int i = 0; i < ends.length; i++) {
            byte[] key = ends[i].key(version, hash, sink);
            if (key == null) {
                unavailable.add(table.columns().get(FIRST_END + i).name());
            } else {
                values[FIRST_END + i] = key;
            }
        }
        for (int i = 0; i < fields.length; i++) {
            Object value = fields[i].read(version.row());
            if (value == Unavailable.VALUE) {
                unavailable.add(table.columns().get(firstColumn + i).name());
            } else {
                values[firstColumn + i] = value;
            }
        }
        values[DELETED] = false;
        values[UNAVAILABLE] = unavailable;
        values[MOVED_FROM] = version.movedFrom();
        sink.add(table, values);
    }

    @Override
    public void gone(byte[] key, Stamp stamp, HashContract hash, VaultRowSink sink) {
        @Nullable Object[] values = start(key, stamp);
        values[DELETED] = true;
        values[UNAVAILABLE] = List.of();
        sink.add(table, values);
    }

    private @Nullable Object[] start(byte[] key, Stamp stamp) {
        @Nullable Object[] values = new @Nullable Object[firstColumn + fields.length];
        values[0] = key;
        stamp.head(values);
        for (int i = FIRST_END; i < firstColumn; i++) {
            values[i] = noEnd;
        }
        return values;
    }
}
