package io.vaultline.codec;

import io.vaultline.event.DataType;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Values as text, for a moment in which their column's type can't hold all of them. */
public final class ValueText {
    private ValueText() {}

    /** Whether a value is one of a type: of its class, and in its range. */
    public static boolean fits(DataType type, Object value) {
        if (type instanceof DataType.Decimal decimal) {
            return value instanceof BigDecimal number
                    && number.scale() == decimal.scale()
                    && number.precision() <= decimal.precision();
        }
        return switch ((DataType.Simple) type) {
            case BOOLEAN -> value instanceof Boolean;
            case INT16, INT32, DATE -> value instanceof Integer;
            case INT64, TIME, TIMESTAMP, TIMESTAMP_TZ -> value instanceof Long;
            case FLOAT32 -> value instanceof Float;
            case FLOAT64 -> value instanceof Double;
            case NUMERIC, TEXT, JSON -> value instanceof String;
            case BYTES -> value instanceof byte[];
            case UUID -> value instanceof UUID;
        };
    }

    /** The text of a value that fits its type. */
    public static String of(Object value) {
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    /** The value of a type with this text; nothing if the type has none. */
    public static Optional<Object> parse(DataType type, String text) {
        try {
            Object value = value(type, text);
            return fits(type, value) ? Optional.of(value) : Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Object value(DataType type, String text) {
        if (type instanceof DataType.Decimal decimal) {
            return new BigDecimal(text).setScale(decimal.scale());
        }
        return switch ((DataType.Simple) type) {
            case BOOLEAN -> truth(text);
            case INT16, INT32, DATE -> Integer.valueOf(text);
            case INT64, TIME, TIMESTAMP, TIMESTAMP_TZ -> Long.valueOf(text);
            case FLOAT32 -> Float.valueOf(text);
            case FLOAT64 -> Double.valueOf(text);
            case NUMERIC, TEXT, JSON -> text;
            case BYTES -> Base64.getDecoder().decode(text);
            case UUID -> UUID.fromString(text);
        };
    }

    private static Boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("no truth value");
        }
        return Boolean.valueOf(text);
    }
}
