package io.vaultline.capture.postgres;

import io.vaultline.capture.mask.ColumnMask;
import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one shape out of the tuples of one relation. */
final class TupleReader {
    private static final int LEFT_OUT = -1;

    private final CollectionSchema shape;

    /** For each column of the relation its place in the shape, or {@link #LEFT_OUT}. */
    private final int[] places;

    /** For each column of the shape. */
    private final Source[] sources;

    /**
     * @param shape masked as the filter says
     * @param columns those of the relation
     */
    TupleReader(CollectionSchema shape, List<SpokenColumn> columns, CollectionFilter filter) {
        this.shape = shape;
        this.places = columns.stream()
                .mapToInt(column -> shape.indexOf(column.name()).orElse(LEFT_OUT))
                .toArray();
        this.sources = new Source[shape.columns().size()];
        for (int i = 0; i < places.length; i++) {
            if (places[i] != LEFT_OUT) {
                SpokenColumn column = columns.get(i);
                ColumnMask mask = filter.mask(shape.id(), column.name());
                sources[places[i]] = new Source(column.pgType(), column.plainType(), mask);
            }
        }
    }

    /** What a column's values come from. */
    private record Source(PgType type, DataType plain, ColumnMask mask) {
        @Nullable
        Object value(String text) {
            return mask.value(plain, ColumnValues.ofText(type, plain, text));
        }
    }

    /** A new row version, or a whole old one; values that were not sent are unavailable. */
    Row row(MessageCursor in) {
        return new Row(shape, values(in, new @Nullable Object[sources.length], true));
    }

    /** An old row version of which only the replica identity was sent; that says nothing of the other columns. */
    Row identity(MessageCursor in) {
        @Nullable Object[] values = new @Nullable Object[sources.length];
        Arrays.fill(values, Unavailable.VALUE);
        return new Row(shape, values(in, values, false));
    }

    /** @param nulls whether a null stands for a null */
    private @Nullable Object[] values(MessageCursor in, @Nullable Object[] values, boolean nulls) {
        int count = in.int16();
        if (count != places.length) {
            throw new IllegalStateException("a row of " + count + " columns in a table of " + places.length);
        }
        for (int place : places) {
            byte kind = in.int8();
            switch (kind) {
                case 'n' -> keep(values, place, nulls ? null : Unavailable.VALUE);
                case 'u' -> keep(values, place, Unavailable.VALUE);
                case 't' -> {
                    int length = in.int32();
                    if (place == LEFT_OUT) {
                        in.skip(length);
                    } else {
                        values[place] = value(place, in, length);
                    }
                }
                default -> throw new IllegalStateException("a value of a kind that was not asked for");
            }
        }
        return values;
    }

    private static void keep(@Nullable Object[] values, int place, @Nullable Object value) {
        if (place != LEFT_OUT) {
            values[place] = value;
        }
    }

    private @Nullable Object value(int place, MessageCursor in, int length) {
        String text = in.text(length);
        try {
            return sources[place].value(text);
        } catch (ValueProblem | ArithmeticException | IllegalArgumentException e) {
            return ValueProblem.unfit(e, shape, place, sources[place].mask(), text);
        }
    }
}
