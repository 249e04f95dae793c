package io.vaultline.capture.postgres;

import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes changes of the connector's records of one table and shape.
 *
 * <p>A change of what identifies a row comes as the old identity's end and the new one's beginning, each pointing to the
 * other. The connector splits it so when the key it sees changes, and marks both records; where we know a row by other
 * columns than the connector does, the split is made here.
 */
final class TableStream implements RecordReader {
    /** Headers of the connector that mark the two halves of a changed key. */
    private static final String NEW_KEY = "__debezium.newkey";

    private static final String OLD_KEY = "__debezium.oldkey";

    private final RowReader rows;
    private final Field operation;
    private final Field before;
    private final Field after;

    /** The first half of a changed key, until the second comes: always the next record. */
    private @Nullable Row moving;

    TableStream(RowReader rows, Schema envelope) {
        this.rows = rows;
        this.operation = envelope.field("op");
        this.before = envelope.field("before");
        this.after = envelope.field("after");
    }

    @Override
    public void read(SourceRecord record, OpenTransaction transaction) {
        Struct value = (Struct) record.value();
        switch ((String) value.get(operation)) {
            case "c" -> created(record, rows.after((Struct) value.get(after)), transaction);
            case "u" -> updated((Struct) value.get(before), rows.after((Struct) value.get(after)), transaction);
            case "d" -> deleted(record, rows.before((Struct) value.get(before)), transaction);
            case "t" -> transaction.add(new CollectionTruncated(transaction.next(rows.shape())));
            default -> throw new IllegalStateException("an operation that the stream does not have");
        }
    }

    private void created(SourceRecord record, Row row, OpenTransaction transaction) {
        Row old = moving;
        moving = null;
        if (old != null && record.headers().lastWithName(OLD_KEY) != null) {
            moved(old, row, transaction);
        } else {
            transaction.add(new RowCreated(transaction.next(rows.shape()), row, null));
        }
    }

    private void updated(@Nullable Struct old, Row row, OpenTransaction transaction) {
        Row oldRow = old == null ? null : rows.before(old);
        if (oldRow != null && hasIdentity(oldRow) && !oldRow.sameKey(row)) {
            moved(oldRow, row, transaction);
            return;
        }
        Row whole = oldRow == null || oldRow.isPartial() ? null : oldRow;
        transaction.add(new RowUpdated(transaction.next(rows.shape()), whole, row));
    }

    private void deleted(SourceRecord record, Row row, OpenTransaction transaction) {
        if (record.headers().lastWithName(NEW_KEY) != null) {
            moving = row;
        } else {
            transaction.add(new RowDeleted(transaction.next(rows.shape()), row, null));
        }
    }

    private void moved(Row old, Row row, OpenTransaction transaction) {
        DataChangeEvent end = old.sameKey(row)
                ? new RowUpdated(transaction.next(rows.shape()), old.isPartial() ? null : old, row)
                : new RowDeleted(transaction.next(rows.shape()), old, row.keyOnly());
        transaction.add(end);
        if (end instanceof RowDeleted) {
            transaction.add(new RowCreated(transaction.next(rows.shape()), row, old.keyOnly()));
        }
    }

    /** A row whose key was not sent, because it did not change, is known by the new version's key. */
    private boolean hasIdentity(Row row) {
        if (rows.shape().key().isEmpty()) {
            return true;
        }
        for (int index : rows.shape().keyIndexes()) {
            if (row.get(index) != null) {
                return true;
            }
        }
        return false;
    }
}
