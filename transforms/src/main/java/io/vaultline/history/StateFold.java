package io.vaultline.history;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Folds the changes of one identity into its newest state. The changes may be added in any order and more than once:
 * the commit order decides, column by column.
 *
 * <p>A value that the newest change leaves unavailable is taken from the newest earlier change that has it, but never
 * from before the row was created, deleted or read anew.
 */
public final class StateFold {
    private final CollectionSchema schema;
    private final @Nullable Object[] values;
    private final @Nullable CommitOrder[] known;
    private @Nullable CommitOrder newest;
    private @Nullable CommitOrder born;
    private @Nullable Row movedFrom;
    private boolean present;

    /** @param schema the shape of every row that will be added */
    public StateFold(CollectionSchema schema) {
        this.schema = schema;
        this.values = new @Nullable Object[schema.columns().size()];
        this.known = new @Nullable CommitOrder[values.length];
    }

    /** Takes a change of this identity, or the truncation of its collection, into account. */
    public void add(DataChangeEvent event) {
        CommitOrder order = event.order();
        if (event instanceof RowRead read) {
            bear(order, null);
            learn(read.after(), null, order);
        } else if (event instanceof RowCreated created) {
            bear(order, created.movedFrom());
            learn(created.after(), created.movedFrom(), order);
        } else if (event instanceof RowUpdated updated) {
            learn(updated.after(), updated.before(), order);
        } else {
            bear(order, null);
        }
        if (newest == null || order.compareTo(newest) >= 0) {
            newest = order;
            present = !(event instanceof RowDeleted || event instanceof CollectionTruncated);
        }
    }

    /** The row as it is now, if there is one; what no change has told is unavailable. */
    public Optional<Row> state() {
        if (!present) {
            return Optional.empty();
        }
        @Nullable Object[] state = new @Nullable Object[values.length];
        for (int i = 0; i < state.length; i++) {
            state[i] = isKnown(i) ? values[i] : Unavailable.VALUE;
        }
        return Optional.of(new Row(schema, state));
    }

    /**
     * Where the values lie that {@link #state()} leaves unavailable, if the row came about by a change of its identity.
     */
    public Optional<RowMove> origin() {
        return born == null || movedFrom == null ? Optional.empty() : Optional.of(new RowMove(movedFrom, born));
    }

    private boolean isKnown(int column) {
        CommitOrder since = known[column];
        return since != null && (born == null || since.compareTo(born) >= 0);
    }

    private void bear(CommitOrder order, @Nullable Row from) {
        if (born == null || order.compareTo(born) > 0) {
            born = order;
            movedFrom = from;
        }
    }

    /** What the row after leaves out has not changed, so the row before tells it as well. */
    private void learn(Row after, @Nullable Row before, CommitOrder order) {
        for (int i = 0; i < values.length; i++) {
            Object value = after.get(i);
            if (value == Unavailable.VALUE && before != null) {
                value = before.get(i);
            }
            CommitOrder since = known[i];
            if (value != Unavailable.VALUE && (since == null || order.compareTo(since) > 0)) {
                values[i] = value;
                known[i] = order;
            }
        }
    }
}
