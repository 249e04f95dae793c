package io.vaultline.codec;

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
import io.vaultline.event.Unavailable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ChangeEncoder} wrote. Thread-safe if its lookup is. */
public final class ChangeDecoder {
    private final SchemaLookup schemas;

    public ChangeDecoder(SchemaLookup schemas) {
        this.schemas = Objects.requireNonNull(schemas, "schemas");
    }

    /**
     * The change in a record's value.
     *
     * @throws IllegalArgumentException if the bytes are not a change of ours
     * @throws io.vaultline.error.PipelineException if its schema is not known
     */
    public DataChangeEvent decode(byte[] value) {
        BytesReader in = new BytesReader(value);
        try {
            if (in.raw() != ChangeEncoder.MARKER_0 || in.raw() != ChangeEncoder.MARKER_1) {
                throw new IllegalArgumentException("not Avro's single-object encoding");
            }
            return event(in, schemas.byFingerprint(in.fixed64()).collection());
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a change that ends too early", e);
        }
    }

    private static DataChangeEvent event(BytesReader in, CollectionSchema schema) {
        int operation = in.integer();
        CommitOrder order = new CommitOrder(in.number(), in.number());
        long commitMicros = in.number();
        String transaction = in.number() == 0 ? null : in.text();
        ChangeHeader header = new ChangeHeader(schema, order, commitMicros, transaction);
        Row before = before(in, schema);
        Row after = after(in, schema);
        Row moved = in.number() == 0 ? null : key(in, schema);
        return switch (operation) {
            case 0 -> new RowRead(header, present(after));
            case 1 -> new RowCreated(header, present(after), moved);
            case 2 -> new RowUpdated(header, before, present(after));
            case 3 -> new RowDeleted(header, present(before), moved);
            case 4 -> new CollectionTruncated(header);
            default -> throw new IllegalArgumentException("unknown operation " + operation);
        };
    }

    private static @Nullable Row before(BytesReader in, CollectionSchema schema) {
        int branch = in.integer();
        return switch (branch) {
            case 0 -> null;
            case 1 -> new Row(schema, values(in, schema));
            case 2 -> key(in, schema);
            default -> throw new IllegalArgumentException("unknown kind of before-image " + branch);
        };
    }

    private static @Nullable Row after(BytesReader in, CollectionSchema schema) {
        @Nullable Object[] values = in.number() == 0 ? null : values(in, schema);
        for (int count = in.integer(); count != 0; count = in.integer()) {
            for (int i = 0; i < count; i++) {
                Objects.requireNonNull(values)[in.integer()] = Unavailable.VALUE;
            }
        }
        return values == null ? null : new Row(schema, values);
    }

    private static @Nullable Object[] values(BytesReader in, CollectionSchema schema) {
        @Nullable Object[] values = new @Nullable Object[schema.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Values.read(in, schema.columns().get(i).type());
        }
        return values;
    }

    private static Row key(BytesReader in, CollectionSchema schema) {
        @Nullable Object[] values = new @Nullable Object[schema.columns().size()];
        Arrays.fill(values, Unavailable.VALUE);
        for (int index : schema.keyIndexes()) {
            values[index] = Values.read(in, schema.columns().get(index).type());
        }
        return new Row(schema, values);
    }

    private static Row present(@Nullable Row row) {
        if (row == null) {
            throw new IllegalArgumentException("a change without its row");
        }
        return row;
    }
}
