package io.vaultline.iceberg.table;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/** Lays changes of one shape out as rows of a history table. Used by one thread: it hands out the same row each time. */
public final class RowLayout {
    private final int[] positions;
    private final Type[] types;
    private final Map<CdcColumns, Integer> cdc = new EnumMap<>(CdcColumns.class);
    private final HistoryRow row;

    private RowLayout(Schema table, List<String> fields) {
        this.positions = new int[fields.size()];
        this.types = new Type[fields.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = position(table, fields.get(i));
            types[i] = table.columns().get(positions[i]).type();
        }
        for (CdcColumns column : CdcColumns.values()) {
            cdc.put(column, position(table, column.column()));
        }
        this.row = new HistoryRow(table.columns().size());
    }

    /** The layout of a shape's changes; nothing if the table lacks columns that the shape needs. */
    public static Optional<RowLayout> of(Schema table, CollectionSchema collection) {
        ColumnPlan plan = ColumnPlan.of(table, collection);
        return plan.changes().isEmpty() ? Optional.of(new RowLayout(table, plan.fields())) : Optional.empty();
    }

    /** The change as a row, valid until the next call. */
    public HistoryRow lay(DataChangeEvent event) {
        row.clear();
        header(event.header());
        set(CdcColumns.OPERATION, Operation.of(event).label());
        set(CdcColumns.SNAPSHOT, event instanceof RowRead);
        if (event instanceof RowRead read) {
            data(read.after());
        } else if (event instanceof RowCreated created) {
            data(created.after());
            moved(created.movedFrom());
        } else if (event instanceof RowUpdated updated) {
            data(updated.after());
            Row before = updated.before();
            if (before != null && !before.isPartial()) {
                set(CdcColumns.BEFORE, RowJson.write(before));
            }
        } else if (event instanceof RowDeleted deleted) {
            data(deleted.before());
            moved(deleted.movedTo());
        }
        return row;
    }

    private void header(ChangeHeader header) {
        set(CdcColumns.COMMIT_TS, header.commitMicros());
        set(CdcColumns.POSITION, header.order().commitPosition());
        set(CdcColumns.ORDINAL, header.order().ordinal());
        set(CdcColumns.TRANSACTION, header.transaction());
    }

    private void data(Row source) {
        List<String> unavailable = null;
        for (int i = 0; i < positions.length; i++) {
            Object value = source.get(i);
            if (value == Unavailable.VALUE) {
                unavailable = unavailable == null ? new ArrayList<>() : unavailable;
                unavailable.add(source.schema().columns().get(i).name());
            } else if (value != null) {
                row.set(positions[i], IcebergTypes.toIceberg(value, types[i]));
            }
        }
        set(CdcColumns.UNAVAILABLE, unavailable);
    }

    private void moved(@Nullable Row key) {
        if (key != null) {
            set(CdcColumns.MOVED_KEY, RowJson.write(key.keyOnly()));
        }
    }

    private void set(CdcColumns column, @Nullable Object value) {
        row.set(Objects.requireNonNull(cdc.get(column)), value);
    }

    private static int position(Schema table, String field) {
        return table.columns().indexOf(table.findField(field));
    }
}
