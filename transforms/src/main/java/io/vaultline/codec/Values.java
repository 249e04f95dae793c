package io.vaultline.codec;

import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes and reads the values of a row, each as a union of null and its type. */
final class Values {
    private static final int NULL = 0;
    private static final int PRESENT = 1;

    private Values() {}

    /** Unavailable values are written like null; their positions stand elsewhere in the record. */
    static void write(BytesWriter out, Row row, int index) {
        Object value = row.get(index);
        if (value == null || row.isUnavailable(index)) {
            out.number(NULL);
            return;
        }
        out.number(PRESENT);
        Column column = row.schema().columns().get(index);
        try {
            writePresent(out, column.type(), value);
        } catch (ClassCastException e) {
            throw new IllegalArgumentException(
                    row.schema().id() + "." + column.name() + " holds a " + value.getClass() + ", not a "
                            + column.type(),
                    e);
        }
    }

    static void writePresent(BytesWriter out, DataType type, Object value) {
        if (type instanceof DataType.Decimal decimal) {
            out.bytes(unscaled((BigDecimal) value, decimal));
            return;
        }
        switch ((DataType.Simple) type) {
            case BOOLEAN -> out.raw((Boolean) value ? 1 : 0);
            case INT16, INT32, DATE -> out.number((Integer) value);
            case INT64, TIME, TIMESTAMP, TIMESTAMP_TZ -> out.number((Long) value);
            case FLOAT32 -> out.fixed32(Float.floatToRawIntBits((Float) value));
            case FLOAT64 -> out.fixed64(Double.doubleToRawLongBits((Double) value));
            case NUMERIC, TEXT, JSON -> out.text((String) value);
            case BYTES -> out.bytes((byte[]) value);
            case UUID -> out.text(((UUID) value).toString());
        }
    }

    private static byte[] unscaled(BigDecimal value, DataType.Decimal type) {
        if (value.scale() != type.scale() || value.precision() > type.precision()) {
            throw new IllegalArgumentException("a decimal of precision " + value.precision() + " and scale "
                    + value.scale() + " in a column of precision " + type.precision() + " and scale " + type.scale());
        }
        return value.unscaledValue().toByteArray();
    }

    static @Nullable Object read(BytesReader in, DataType type) {
        return in.number() == NULL ? null : readPresent(in, type);
    }

    private static Object readPresent(BytesReader in, DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            return new BigDecimal(new BigInteger(in.bytes()), decimal.scale());
        }
        return switch ((DataType.Simple) type) {
            case BOOLEAN -> in.raw() != 0;
            case INT16, INT32, DATE -> in.integer();
            case INT64, TIME, TIMESTAMP, TIMESTAMP_TZ -> in.number();
            case FLOAT32 -> Float.intBitsToFloat(in.fixed32());
            case FLOAT64 -> Double.longBitsToDouble(in.fixed64());
            case NUMERIC, TEXT, JSON -> in.text();
            case BYTES -> in.bytes();
            case UUID -> UUID.fromString(in.text());
        };
    }
}
