package io.vaultline.clickhouse.wire;

import io.vaultline.event.BrokenText;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The values of a type that ClickHouse stores and computes with. {@code Date32} and {@code DateTime64} keep dates of any
 * year, but functions on them know 1900 to 2299 only, says ClickHouse's documentation of both types.
 */
final class ValueRange {
    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2299, 12, 31);
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    static final String UTF_8 = "texts are UTF-8";
    private static final String CALENDAR = "ClickHouse computes with the years 1900 to 2299";

    private final String rule;
    private final UnaryOperator<Object> nearest;

    private ValueRange(String rule, UnaryOperator<Object> nearest) {
        this.rule = rule;
        this.nearest = nearest;
    }

    /** The range of a type; nothing if every value of ours is within. */
    static Optional<ValueRange> of(DataType type) {
        if (type instanceof Decimal decimal) {
            return Optional.of(new ValueRange(
                    "the column holds " + decimal.precision() + " digits, " + decimal.scale() + " of them fractional",
                    value -> nearest(decimal, (BigDecimal) value)));
        } else if (type == Simple.INT16) {
            return Optional.of(new ValueRange(
                    "the column holds 16 bits",
                    value -> within(value, (Integer) value, Short.MIN_VALUE, Short.MAX_VALUE, Math::toIntExact)));
        } else if (type == Simple.DATE) {
            return Optional.of(new ValueRange(
                    CALENDAR,
                    value -> within(
                            value, (Integer) value, FIRST_DAY.toEpochDay(), LAST_DAY.toEpochDay(), Math::toIntExact)));
        } else if (type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_TZ) {
            long first = micros(FIRST_DAY);
            long last = micros(LAST_DAY.plusDays(1)) - 1;
            return Optional.of(
                    new ValueRange(CALENDAR, value -> within(value, (Long) value, first, last, bound -> bound)));
        } else if (type == Simple.TIME) {
            long most = ClickHouseTypes.MAX_TIME;
            return Optional.of(new ValueRange(
                    "ClickHouse's Time64(6) holds up to 999:59:59.999999",
                    value -> within(value, (Long) value, -most, most, bound -> bound)));
        }
        return type == Simple.TEXT || type == Simple.JSON
                ? Optional.of(new ValueRange(UTF_8, value -> mended((String) value)))
                : Optional.empty();
    }

    /** The same object if nothing is broken. */
    private static String mended(String value) {
        return BrokenText.is(value) ? BrokenText.mended(value) : value;
    }

    private static long micros(LocalDate day) {
        return day.toEpochDay() * MICROS_PER_DAY;
    }

    private interface Boxed {
        Object of(long value);
    }

    private static Object within(Object value, long number, long least, long most, Boxed boxed) {
        if (number < least) {
            return boxed.of(least);
        }
        return number > most ? boxed.of(most) : value;
    }

    private static Object nearest(Decimal type, BigDecimal value) {
        BigDecimal rounded =
                value.scale() <= type.scale() ? value : value.setScale(type.scale(), RoundingMode.HALF_EVEN);
        BigDecimal most = new BigDecimal(BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE), type.scale());
        if (rounded.abs().compareTo(most) <= 0) {
            return rounded.compareTo(value) == 0 ? value : rounded;
        }
        return rounded.signum() < 0 ? most.negate() : most;
    }

    /** The value itself, the same object, or the nearest one that is within. */
    Object nearest(Object value) {
        return nearest.apply(value);
    }

    /** Which values are within. */
    String rule() {
        return rule;
    }
}
