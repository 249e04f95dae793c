package io.vaultline.vault;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import org.jspecify.annotations.Nullable;

/** Writes changes of one collection down in a line each; each is a commit of its own, a second after the one before. */
public final class Changes {
    static final long START_MICROS = 1_700_000_000_000_000L;

    private final CollectionSchema schema;
    private long position;

    private Changes(CollectionSchema schema) {
        this.schema = schema;
    }

    public static Changes of(CollectionSchema schema) {
        return new Changes(schema);
    }

    DataChangeEvent read(@Nullable Object... values) {
        return new RowRead(header(0), new Row(schema, values));
    }

    public DataChangeEvent created(@Nullable Object... values) {
        return new RowCreated(header(1), new Row(schema, values), null);
    }

    DataChangeEvent updated(@Nullable Object... values) {
        return new RowUpdated(header(1), null, new Row(schema, values));
    }

    public DataChangeEvent deleted(@Nullable Object... values) {
        return new RowDeleted(header(1), new Row(schema, values).keyOnly(), null);
    }

    /** @param oldKey of the same type as the key */
    DataChangeEvent moved(Object oldKey, @Nullable Object... values) {
        @Nullable Object[] old = new @Nullable Object[values.length];
        old[schema.keyIndexes()[0]] = oldKey;
        return new RowCreated(header(2), new Row(schema, values), new Row(schema, old).keyOnly());
    }

    public DataChangeEvent truncated() {
        return new CollectionTruncated(header(1));
    }

    private ChangeHeader header(long ordinal) {
        position++;
        return new ChangeHeader(
                schema, new CommitOrder(position, ordinal), START_MICROS + position * 1_000_000, "tx" + position);
    }
}
