package io.vaultline.vault.value;

import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Infinity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns values of one type into the same value of another: rows of an older shape into the model's types, and ids in
 * documents into the type of the key that they name. Integers and decimals are exact or have no counterpart.
 */
@FunctionalInterface
public interface Conversion {
    /** Leaves values as they are. */
    Conversion SAME = value -> value;

    /** For types that have no values in common. */
    Conversion NONE = value -> null;

    /** A day in microseconds. */
    long MICROS_OF_A_DAY = 86_400_000_000L;

    /** The value as the other type has it; null if that type has no such value. */
    @Nullable
    Object apply(Object value);

    static Conversion between(DataType from, DataType to) {
        if (from.equals(to)) {
            return SAME;
        }
        if (isNumber(to)) {
            return isNumber(from) || from == Simple.TEXT ? Numbers.conversion(to) : NONE;
        }
        if (to == Simple.TEXT) {
            return toText(from);
        }
        if (to == Simple.UUID) {
            return from == Simple.TEXT ? Uuids::parse : NONE;
        }
        boolean atMidnight = to == Simple.TIMESTAMP && from == Simple.DATE;
        return atMidnight ? days -> Days.midnight((Integer) days) : NONE;
    }

    private static boolean isNumber(DataType type) {
        return type instanceof Decimal || Numbers.TYPES.contains(type);
    }

    private static Conversion toText(DataType from) {
        if (from == Simple.DATE) {
            return days -> Days.text((Integer) days);
        }
        if (from instanceof Decimal) {
            return number -> ((BigDecimal) number).toPlainString();
        }
        if (from == Simple.FLOAT32 || from == Simple.FLOAT64) {
            return Numbers.conversion(Simple.NUMERIC);
        }
        boolean asIs = isNumber(from) || from == Simple.BOOLEAN || from == Simple.UUID || from == Simple.JSON;
        return asIs ? Object::toString : NONE;
    }

    /** Numbers of every type, by way of {@link BigDecimal}. */
    final class Numbers {
        static final Set<Simple> TYPES =
                EnumSet.of(Simple.INT16, Simple.INT32, Simple.INT64, Simple.FLOAT32, Simple.FLOAT64, Simple.NUMERIC);
        private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d{1,9})?");
        /** PostgreSQL's own limit before the point; keeps a short text with an exponent from becoming a huge number. */
        private static final int MAX_DIGITS = 131_072;

        private Numbers() {}

        static Conversion conversion(DataType to) {
            return value -> {
                if (value instanceof Float || value instanceof Double) {
                    double binary = ((Number) value).doubleValue();
                    if (!Double.isFinite(binary)) {
                        return special(binary, to);
                    }
                }
                BigDecimal number = parse(value.toString());
                return number == null ? null : fit(number, to);
            };
        }

        /** The number that a text is, without zeros at its end; null if it is none, or out of all proportion. */
        static @Nullable BigDecimal parse(String text) {
            if (text.length() > 2 * MAX_DIGITS || !NUMBER.matcher(text).matches()) {
                return null;
            }
            BigDecimal number = new BigDecimal(text).stripTrailingZeros();
            long whole = (long) number.precision() - number.scale();
            return whole > MAX_DIGITS || number.scale() > MAX_DIGITS ? null : number;
        }

        private static @Nullable Object special(double value, DataType to) {
            if (to == Simple.FLOAT32) {
                return (float) value;
            }
            if (to == Simple.FLOAT64) {
                return value;
            }
            return to == Simple.NUMERIC ? String.valueOf(value) : null;
        }

        private static @Nullable Object fit(BigDecimal number, DataType to) {
            if (to instanceof Decimal decimal) {
                boolean fits = number.scale() <= decimal.scale()
                        && number.precision() - number.scale() <= decimal.precision() - decimal.scale();
                return fits ? number.setScale(decimal.scale()) : null;
            }
            return switch ((Simple) to) {
                case INT16 -> whole(number, Short.SIZE) ? (Object) number.intValue() : null;
                case INT32 -> whole(number, Integer.SIZE) ? (Object) number.intValue() : null;
                case INT64 -> whole(number, Long.SIZE) ? (Object) number.longValue() : null;
                case FLOAT32 -> Float.isFinite(number.floatValue()) ? (Object) number.floatValue() : null;
                case FLOAT64 -> Double.isFinite(number.doubleValue()) ? (Object) number.doubleValue() : null;
                default -> number.toPlainString();
            };
        }

        private static boolean whole(BigDecimal number, int bits) {
            return number.scale() <= 0
                    && number.precision() - number.scale() <= MAX_LONG_DIGITS
                    && number.toBigInteger().bitLength() < bits;
        }

        private static final int MAX_LONG_DIGITS = 19;
    }

    /** Days, among them the infinite ones. */
    final class Days {
        private Days() {}

        /** The moment at which a day begins; null if there is none. */
        static @Nullable Object midnight(int day) {
            if (day == Infinity.DATE || day == Infinity.MINUS_DATE) {
                return day == Infinity.DATE ? Infinity.TIMESTAMP : Infinity.MINUS_TIMESTAMP;
            }
            boolean fits = Math.abs((long) day) < Long.MAX_VALUE / MICROS_OF_A_DAY;
            return fits ? (Object) (day * MICROS_OF_A_DAY) : null;
        }

        /** As PostgreSQL spells it. */
        static String text(int day) {
            if (day == Infinity.DATE || day == Infinity.MINUS_DATE) {
                return day == Infinity.DATE ? "infinity" : "-infinity";
            }
            return LocalDate.ofEpochDay(day).toString();
        }
    }

    /** UUIDs in their usual form, in either case. */
    final class Uuids {
        private static final Pattern FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

        private Uuids() {}

        static @Nullable Object parse(Object text) {
            return FORM.matcher((String) text).matches() ? UUID.fromString((String) text) : null;
        }
    }
}
