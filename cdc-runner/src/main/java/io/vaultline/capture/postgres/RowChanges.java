package io.vaultline.capture.postgres;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import org.jspecify.annotations.Nullable;

/**
 * Makes changes of the rows of one shape.
 *
 * <p>A change of what identifies a row is the old identity's end and the new one's beginning, each pointing to the other.
 */
final class RowChanges {
    private final CollectionSchema shape;

    RowChanges(CollectionSchema shape) {
        this.shape = shape;
    }

    void created(Row row, ChangeSink sink) {
        sink.add(new RowCreated(sink.next(shape), row, null));
    }

    /** @param old what is known of the row before; null if nothing, since its identity stayed */
    void updated(@Nullable Row old, Row row, ChangeSink sink) {
        if (old != null && hasIdentity(old) && !old.sameKey(row)) {
            moved(old, row, sink);
            return;
        }
        Row whole = old == null || old.isPartial() ? null : old;
        sink.add(new RowUpdated(sink.next(shape), whole, row));
    }

    /** An update that PostgreSQL sent as one of the identity; it may not be one by the columns that we know a row by. */
    void moved(Row old, Row row, ChangeSink sink) {
        if (old.sameKey(row)) {
            sink.add(new RowUpdated(sink.next(shape), old.isPartial() ? null : old, row));
            return;
        }
        sink.add(new RowDeleted(sink.next(shape), old, row.keyOnly()));
        sink.add(new RowCreated(sink.next(shape), row, old.keyOnly()));
    }

    void deleted(Row old, ChangeSink sink) {
        sink.add(new RowDeleted(sink.next(shape), old, null));
    }

    void truncated(ChangeSink sink) {
        sink.add(new CollectionTruncated(sink.next(shape)));
    }

    /** A row whose key was not sent, because it did not change, is known by the new version's key. */
    private boolean hasIdentity(Row row) {
        if (shape.key().isEmpty()) {
            return true;
        }
        for (int index : shape.keyIndexes()) {
            Object value = row.get(index);
            if (value != null && value != Unavailable.VALUE) {
                return true;
            }
        }
        return false;
    }
}
