package io.vaultline.history;

import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row that took values along unsaid when its identity changed: they are those of the old identity before that. */
final class MovedRow {
    private final Row row;
    private final RowMove move;
    private final StateFold before;

    MovedRow(Row row, RowMove move) {
        this.row = row;
        this.move = move;
        this.before = new StateFold(row.schema());
    }

    RowIdentity oldIdentity() {
        return RowIdentity.of(move.from());
    }

    /** Takes a change of the old identity into account if it comes before the move; the move itself is no deletion. */
    void add(DataChangeEvent event) {
        boolean leaves = event instanceof RowDeleted deleted && deleted.movedTo() != null;
        if (!leaves && event.order().compareTo(move.at()) < 0) {
            before.add(event);
        }
    }

    /** The row with what the old identity told. */
    Row completed() {
        Row source = before.state().orElse(move.from());
        @Nullable Object[] values = new @Nullable Object[row.schema().columns().size()];
        for (int i = 0; i < values.length; i++) {
            Object value = row.get(i);
            values[i] = value == Unavailable.VALUE ? source.get(i) : value;
        }
        return new Row(row.schema(), values);
    }

    /** The same question to the identity before the old one, if the row is still partial and there was one. */
    Optional<MovedRow> next() {
        Row completed = completed();
        return completed.isPartial()
                ? before.origin().map(earlier -> new MovedRow(completed, earlier))
                : Optional.empty();
    }
}
