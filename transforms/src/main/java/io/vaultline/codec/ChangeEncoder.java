package io.vaultline.codec;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes in Avro's single-object encoding: two marker bytes, the writer schema's fingerprint, then Avro binary.
 * Not thread-safe: it keeps its buffer.
 */
public final class ChangeEncoder {
    static final int MARKER_0 = 0xC3;
    static final int MARKER_1 = 0x01;

    private static final int NONE = 0;
    private static final int ROW = 1;
    private static final int KEY = 2;

    private final BytesWriter out = new BytesWriter();

    /** The record key of a row: its identity, so that all changes of one row share a partition. */
    public byte[] encodeKey(ChangeSchema schema, Row row) {
        begin(schema.keyFingerprint());
        key(row);
        return out.toByteArray();
    }

    /**
     * The record value of a change.
     *
     * @throws IllegalArgumentException if a value is not of its column's class or range; the message names the column,
     *     never the value
     */
    public byte[] encode(ChangeSchema schema, DataChangeEvent event) {
        begin(schema.fingerprint());
        out.number(operation(event));
        header(event.header());
        before(event);
        after(event);
        moved(event);
        return out.toByteArray();
    }

    private void begin(long fingerprint) {
        out.clear();
        out.raw(MARKER_0);
        out.raw(MARKER_1);
        out.fixed64(fingerprint);
    }

    private static int operation(DataChangeEvent event) {
        if (event instanceof RowRead) {
            return 0;
        } else if (event instanceof RowCreated) {
            return 1;
        } else if (event instanceof RowUpdated) {
            return 2;
        } else if (event instanceof RowDeleted) {
            return 3;
        }
        return 4;
    }

    private void header(ChangeHeader header) {
        out.number(header.order().commitPosition());
        out.number(header.order().ordinal());
        out.number(header.commitMicros());
        String transaction = header.transaction();
        if (transaction == null) {
            out.number(NONE);
        } else {
            out.number(1);
            out.text(transaction);
        }
    }

    private void before(DataChangeEvent event) {
        Row before = beforeOf(event);
        if (before == null) {
            out.number(NONE);
        } else if (before.isPartial()) {
            out.number(KEY);
            key(before);
        } else {
            out.number(ROW);
            row(before);
        }
    }

    private void after(DataChangeEvent event) {
        Row after = afterOf(event);
        if (after == null) {
            out.number(NONE);
            out.number(0);
            return;
        }
        out.number(ROW);
        row(after);
        unavailable(after);
    }

    private void unavailable(Row row) {
        int count = 0;
        for (int i = 0; i < row.schema().columns().size(); i++) {
            count += row.isUnavailable(i) ? 1 : 0;
        }
        if (count > 0) {
            out.number(count);
            for (int i = 0; i < row.schema().columns().size(); i++) {
                if (row.isUnavailable(i)) {
                    out.number(i);
                }
            }
        }
        out.number(0);
    }

    private void moved(DataChangeEvent event) {
        Row moved = movedOf(event);
        if (moved == null) {
            out.number(NONE);
        } else {
            out.number(1);
            key(moved);
        }
    }

    private void row(Row row) {
        for (int i = 0; i < row.schema().columns().size(); i++) {
            Values.write(out, row, i);
        }
    }

    private void key(Row row) {
        for (int index : row.schema().keyIndexes()) {
            Values.write(out, row, index);
        }
    }

    private static @Nullable Row beforeOf(DataChangeEvent event) {
        if (event instanceof RowUpdated updated) {
            return updated.before();
        }
        return event instanceof RowDeleted deleted ? deleted.before() : null;
    }

    private static @Nullable Row afterOf(DataChangeEvent event) {
        if (event instanceof RowRead read) {
            return read.after();
        } else if (event instanceof RowCreated created) {
            return created.after();
        }
        return event instanceof RowUpdated updated ? updated.after() : null;
    }

    private static @Nullable Row movedOf(DataChangeEvent event) {
        if (event instanceof RowCreated created) {
            return created.movedFrom();
        }
        return event instanceof RowDeleted deleted ? deleted.movedTo() : null;
    }
}
