package io.vaultline.history;

import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** States of a collection without a key: equal rows are counted, and each change adds or takes away one. */
final class KeylessStates implements States {
    private final Map<RowIdentity, Entry> entries = new HashMap<>();
    private Share share;
    private long bytes;

    KeylessStates(Share share) {
        this.share = share;
    }

    @Override
    public void add(DataChangeEvent event) {
        if (event instanceof RowRead read) {
            count(read.after(), 1);
        } else if (event instanceof RowCreated created) {
            count(filled(created.after(), created.movedFrom()), 1);
        } else if (event instanceof RowDeleted deleted) {
            count(deleted.before(), -1);
        } else if (event instanceof RowUpdated updated && updated.before() != null) {
            count(updated.before(), -1);
            count(filled(updated.after(), updated.before()), 1);
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public int identities() {
        return entries.size();
    }

    @Override
    public void shrinkTo(Share smaller) {
        share = smaller;
        entries.keySet().removeIf(identity -> !smaller.holds(identity));
        bytes = entries.values().stream()
                .mapToLong(entry -> RowWeight.of(entry.row))
                .sum();
    }

    @Override
    public void finish(Consumer<Row> rows, Consumer<MovedRow> moved) {
        for (Entry entry : entries.values()) {
            for (long i = 0; i < entry.count; i++) {
                rows.accept(entry.row);
            }
        }
        entries.clear();
    }

    private void count(Row row, int difference) {
        RowIdentity identity = RowIdentity.of(row);
        if (share.holds(identity)) {
            Entry entry = entries.get(identity);
            if (entry == null) {
                entry = new Entry(row);
                entries.put(identity, entry);
                bytes += RowWeight.of(row);
            }
            entry.count += difference;
        }
    }

    private static Row filled(Row row, @Nullable Row before) {
        if (before == null || !row.isPartial()) {
            return row;
        }
        @Nullable Object[] values = new @Nullable Object[row.schema().columns().size()];
        for (int i = 0; i < values.length; i++) {
            Object value = row.get(i);
            values[i] = value == Unavailable.VALUE ? before.get(i) : value;
        }
        return new Row(row.schema(), values);
    }

    private static final class Entry {
        private final Row row;
        private long count;

        Entry(Row row) {
            this.row = row;
        }
    }
}
