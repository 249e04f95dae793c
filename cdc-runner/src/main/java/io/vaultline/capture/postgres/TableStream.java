package io.vaultline.capture.postgres;

import io.vaultline.event.Row;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes changes of the connector's records of one table and shape.
 *
 * <p>The connector splits a change of the key that it sees into a delete and a create, and marks both records.
 */
final class TableStream implements RecordReader {
    /** Headers of the connector that mark the two halves of a changed key. */
    private static final String NEW_KEY = "__debezium.newkey";

    private static final String OLD_KEY = "__debezium.oldkey";

    private final RowReader rows;
    private final RowChanges changes;
    private final Field operation;
    private final Field before;
    private final Field after;

    /** The first half of a changed key, until the second comes: always the next record. */
    private @Nullable Row moving;

    TableStream(RowReader rows, Schema envelope) {
        this.rows = rows;
        this.changes = new RowChanges(rows.shape());
        this.operation = envelope.field("op");
        this.before = envelope.field("before");
        this.after = envelope.field("after");
    }

    @Override
    public void read(SourceRecord record, ChangeSink sink) {
        Struct value = (Struct) record.value();
        switch ((String) value.get(operation)) {
            case "c" -> created(record, rows.after((Struct) value.get(after)), sink);
            case "u" -> updated((Struct) value.get(before), rows.after((Struct) value.get(after)), sink);
            case "d" -> deleted(record, rows.before((Struct) value.get(before)), sink);
            case "t" -> changes.truncated(sink);
            default -> throw new IllegalStateException("an operation that the stream does not have");
        }
    }

    private void created(SourceRecord record, Row row, ChangeSink sink) {
        Row old = moving;
        moving = null;
        if (old != null && record.headers().lastWithName(OLD_KEY) != null) {
            changes.moved(old, row, sink);
        } else {
            changes.created(row, sink);
        }
    }

    private void updated(@Nullable Struct old, Row row, ChangeSink sink) {
        changes.updated(old == null ? null : rows.before(old), row, sink);
    }

    private void deleted(SourceRecord record, Row row, ChangeSink sink) {
        if (record.headers().lastWithName(NEW_KEY) != null) {
            moving = row;
        } else {
            changes.deleted(row, sink);
        }
    }
}
