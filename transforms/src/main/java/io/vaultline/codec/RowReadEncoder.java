package io.vaultline.codec;

import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * Writes rows that a snapshot read, value by value in the order of the columns, without objects in between: the same
 * bytes as {@link ChangeEncoder} writes for a {@link io.vaultline.event.DataChangeEvent.RowRead}. Not thread-safe: it
 * keeps its buffer.
 */
public final class RowReadEncoder {
    private static final int ROW_READ = 0;
    private static final int NONE = 0;
    private static final int PRESENT = 1;
    private static final int MOST_DIGITS = 18;

    private final ChangeSchema schema;
    private final int[] keyIndexes;
    private final int[] ends;
    private final BytesWriter out = new BytesWriter();
    private final BytesWriter key = new BytesWriter();
    private int start;
    private int column;

    public RowReadEncoder(ChangeSchema schema) {
        this.schema = schema;
        this.keyIndexes = schema.collection().keyIndexes();
        this.ends = new int[schema.collection().columns().size()];
    }

    /** Begins a row; one method of this class is then called for each column. */
    public void begin(CommitOrder order, long micros) {
        begin(out, schema.fingerprint());
        out.number(ROW_READ);
        out.number(order.commitPosition());
        out.number(order.ordinal());
        out.number(micros);
        out.number(NONE);
        out.number(NONE);
        out.number(PRESENT);
        start = out.size();
        column = 0;
    }

    private static void begin(BytesWriter writer, long fingerprint) {
        writer.clear();
        writer.raw(ChangeEncoder.MARKER_0);
        writer.raw(ChangeEncoder.MARKER_1);
        writer.fixed64(fingerprint);
    }

    /** A column that holds null. */
    public void missing() {
        out.number(NONE);
        end();
    }

    /** A BOOLEAN. */
    public void truth(boolean value) {
        out.number(PRESENT);
        out.raw(value ? 1 : 0);
        end();
    }

    /** A value of a type that is a whole number, a date or a time. */
    public void number(long value) {
        out.number(PRESENT);
        out.number(value);
        end();
    }

    /** A TEXT, JSON, NUMERIC or UUID, as UTF-8. */
    public void text(byte[] source, int from, int to) {
        out.number(PRESENT);
        out.bytes(source, from, to);
        end();
    }

    /**
     * A decimal whose digits without the point fit a long.
     *
     * @param unscaled the value times ten to its column's scale
     */
    public void decimal(long unscaled) {
        out.number(PRESENT);
        int length = (64 - Long.numberOfLeadingZeros(unscaled < 0 ? ~unscaled : unscaled)) / 8 + 1;
        out.number(length);
        for (int shift = (length - 1) * 8; shift >= 0; shift -= 8) {
            out.raw((int) (unscaled >>> shift));
        }
        end();
    }

    /** Whether a decimal of so many digits may be written by {@link #decimal}. */
    public static boolean isShort(int digits) {
        return digits <= MOST_DIGITS;
    }

    /**
     * A value of any type, as an object of its type's class, not null: {@link BigDecimal}, {@link UUID} and so on.
     *
     * @throws IllegalArgumentException if it is not of its column's class or range
     */
    public void value(Object value) {
        Column current = schema.collection().columns().get(column);
        out.number(PRESENT);
        try {
            Values.writePresent(out, current.type(), value);
        } catch (ClassCastException e) {
            throw new IllegalArgumentException(
                    schema.collection().id() + "." + current.name() + " holds a " + value.getClass() + ", not a "
                            + current.type(),
                    e);
        }
        end();
    }

    private void end() {
        ends[column++] = out.size();
    }

    /** The record value of the row whose last column was written. */
    public byte[] toValue() {
        out.number(0);
        out.number(NONE);
        return out.toByteArray();
    }

    /** The record key of the row whose last column was written. */
    public byte[] toKey() {
        begin(key, schema.keyFingerprint());
        for (int index : keyIndexes) {
            key.copy(out, index == 0 ? start : ends[index - 1], ends[index]);
        }
        return key.toByteArray();
    }
}
