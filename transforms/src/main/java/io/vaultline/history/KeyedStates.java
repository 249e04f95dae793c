package io.vaultline.history;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** States of a collection with a primary key: one fold for each key. */
final class KeyedStates implements States {
    private final CollectionSchema schema;
    private final Map<RowIdentity, Entry> entries = new HashMap<>();
    private Share share;
    private long bytes;

    KeyedStates(CollectionSchema schema, Share share) {
        this.schema = schema;
        this.share = share;
    }

    @Override
    public void add(DataChangeEvent event) {
        if (event instanceof CollectionTruncated) {
            return;
        }
        Row row = event.row();
        RowIdentity identity = identity(event);
        if (share.holds(identity)) {
            Entry entry = entries.computeIfAbsent(identity, key -> new Entry(new StateFold(schema)));
            entry.fold.add(event);
            bytes += entry.grow(RowWeight.of(row));
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
        bytes = entries.values().stream().mapToLong(entry -> entry.weight).sum();
    }

    @Override
    public void finish(Consumer<Row> rows, Consumer<MovedRow> moved) {
        entries.values()
                .forEach(entry -> entry.fold.state().ifPresent(row -> {
                    Optional<RowMove> origin = row.isPartial() ? entry.fold.origin() : Optional.empty();
                    origin.ifPresentOrElse(move -> moved.accept(new MovedRow(row, move)), () -> rows.accept(row));
                }));
        entries.clear();
    }

    /** The identity that a change of a row is about. */
    static RowIdentity identity(DataChangeEvent event) {
        Row before = null;
        if (event instanceof RowUpdated updated) {
            before = updated.before();
        } else if (event instanceof RowCreated created) {
            before = created.movedFrom();
        }
        return RowIdentity.of(event.row(), before);
    }

    private static final class Entry {
        private final StateFold fold;
        private long weight;

        Entry(StateFold fold) {
            this.fold = fold;
        }

        long grow(long seen) {
            long growth = Math.max(0, seen - weight);
            weight += growth;
            return growth;
        }
    }
}
