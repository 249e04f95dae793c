package io.vaultline.capture;

import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Infinity;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server itself says of a value, and how a value of ours is said in the same way. */
public final class PostgresAnswers {
    /** How the source is asked what it holds; the same as the capture says of itself in docs/types.md. */
    public static final List<String> SETTINGS = List.of(
            "SET DateStyle = 'ISO'",
            "SET IntervalStyle = 'iso_8601'",
            "SET TimeZone = 'UTC'",
            "SET extra_float_digits = 1",
            "SET lc_monetary = 'C'",
            "SET search_path = ''");

    private static final List<Object> ENDS =
            List.of(Infinity.TIMESTAMP, Infinity.MINUS_TIMESTAMP, Infinity.DATE, Infinity.MINUS_DATE);

    private PostgresAnswers() {}

    /** What the server is asked, so that it does the arithmetic itself. */
    public static String asked(DataType type, String column) {
        String answer = "format('%s', " + column + ")";
        if (type == Simple.DATE) {
            answer = "CASE WHEN isfinite(" + column + ") THEN (" + column + " - date '1970-01-01')::text ELSE " + answer
                    + " END";
        } else if (type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_TZ) {
            answer = "CASE WHEN isfinite(" + column + ") THEN trunc(extract(epoch FROM " + column
                    + ") * 1000000)::text ELSE " + answer + " END";
        } else if (type == Simple.TIME) {
            answer = "trunc(extract(epoch FROM " + column + ") * 1000000)::text";
        } else if (type instanceof DataType.Decimal) {
            answer = column + "::numeric::text";
        } else if (type == Simple.FLOAT32 || type == Simple.FLOAT64) {
            answer = "encode(" + (type == Simple.FLOAT32 ? "float4send(" : "float8send(") + column + "), 'hex')";
        }
        return "CASE num_nulls(" + column + ") WHEN 0 THEN " + answer + " END";
    }

    /** A value as the server answers. */
    public static @Nullable String spoken(DataType type, @Nullable Object value) {
        if (value == null) {
            return null;
        } else if (value instanceof Boolean truth) {
            return truth ? "t" : "f";
        } else if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        } else if (value instanceof Float number) {
            return HexFormat.of().toHexDigits(Float.floatToIntBits(number));
        } else if (value instanceof Double number) {
            return HexFormat.of().toHexDigits(Double.doubleToLongBits(number));
        } else if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return isMoment(type) && ENDS.contains(value)
                ? value.toString().startsWith("-") ? "-infinity" : "infinity"
                : value.toString();
    }

    private static boolean isMoment(DataType type) {
        return type == Simple.DATE || type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_TZ;
    }
}
