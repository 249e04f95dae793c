package io.vaultline.vault.hash;

import io.vaultline.event.DataType;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * The canonical bytes of a value: the same for equal values of one kind, whatever store they were read from and however
 * wide its type is there. Hash keys, hash differences and checksums across stores are computed over them. Part of the
 * hash contract, version {@value HashContract#VERSION}; {@code docs/hash-contract.md} says it byte for byte.
 */
public final class CanonicalValue {
    private CanonicalValue() {}

    /**
     * @param value of the class that the type names
     * @throws IllegalArgumentException if a {@code NUMERIC} is not in plain notation
     */
    public static byte[] bytes(DataType type, Object value) {
        ByteBuilder out = new ByteBuilder();
        append(out, type, value);
        return out.toByteArray();
    }

    static void append(ByteBuilder out, DataType type, Object value) {
        if (type instanceof DataType.Simple simple) {
            appendSimple(out, simple, value);
        } else {
            appendPlain(out, ((BigDecimal) value).toPlainString());
        }
    }

    private static void appendSimple(ByteBuilder out, DataType.Simple type, Object value) {
        switch (type) {
            case BOOLEAN -> out.putUtf8((Boolean) value ? "true" : "false");
            case INT16, INT32, INT64, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ ->
                out.putDecimal(((Number) value).longValue());
            case FLOAT32 -> out.putHex(Float.floatToIntBits((Float) value), 2 * Float.BYTES);
            case FLOAT64 -> out.putHex(Double.doubleToLongBits((Double) value), 2 * Double.BYTES);
            case NUMERIC -> appendPlain(out, (String) value);
            case TEXT, JSON -> out.putUtf8((String) value);
            case BYTES -> out.put((byte[]) value);
            case UUID -> appendUuid(out, (UUID) value);
        }
    }

    private static void appendUuid(ByteBuilder out, UUID value) {
        long high = value.getMostSignificantBits();
        long low = value.getLeastSignificantBits();
        out.putHex(high >>> 32, 8);
        out.put('-');
        out.putHex(high >>> 16, 4);
        out.put('-');
        out.putHex(high, 4);
        out.put('-');
        out.putHex(low >>> 48, 4);
        out.put('-');
        out.putHex(low, 12);
    }

    /** A number without what does not change it: a plus, zeros in front and at the end, a bare point, a minus of zero. */
    private static void appendPlain(ByteBuilder out, String number) {
        if (isSpecial(number)) {
            out.putUtf8(number);
            return;
        }
        boolean negative = number.startsWith("-");
        int start = negative || number.startsWith("+") ? 1 : 0;
        int point = pointOf(number, start);
        int end = number.length();
        while (end > point && (number.charAt(end - 1) == '0' || end - 1 == point)) {
            end--;
        }
        while (start < point && number.charAt(start) == '0') {
            start++;
        }
        if (negative && start < end) {
            out.put('-');
        }
        if (start == point) {
            out.put('0');
        }
        for (int i = start; i < end; i++) {
            out.put(number.charAt(i));
        }
    }

    private static boolean isSpecial(String number) {
        return number.equals("NaN") || number.equals("Infinity") || number.equals("-Infinity");
    }

    /** Where the point stands, or the number's length if there is none. */
    private static int pointOf(String number, int start) {
        int point = number.length();
        int digits = 0;
        for (int i = start; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c == '.' && point == number.length()) {
                point = i;
            } else if (c >= '0' && c <= '9') {
                digits++;
            } else {
                throw new IllegalArgumentException("a numeric value is not in plain notation");
            }
        }
        if (digits == 0) {
            throw new IllegalArgumentException("a numeric value has no digits");
        }
        return point;
    }
}
