package io.vaultline.capture.postgres;

import io.vaultline.error.ErrorCode;
import io.vaultline.event.DataType;
import io.vaultline.event.Unavailable;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the values of our types from what a snapshot and the stream bring: the same value from both. */
final class ColumnValues {
    private ColumnValues() {}

    /** A value of the stream, as {@link ExactValues} left it. */
    static @Nullable Object ofStream(DataType type, @Nullable Object value) {
        if (value == null) {
            return null;
        } else if (Unsent.is(value)) {
            return Unavailable.VALUE;
        } else if (type instanceof DataType.Decimal decimal) {
            return decimal(decimal, (String) value);
        } else if (type == DataType.Simple.UUID) {
            return UUID.fromString((String) value);
        }
        return value;
    }

    /** A value of a snapshot, as PostgreSQL wrote it. */
    static @Nullable Object ofText(PgType source, DataType type, @Nullable String text) {
        if (text == null) {
            return null;
        } else if (type instanceof DataType.Decimal decimal) {
            return decimal(decimal, source == PgType.MONEY ? amount(text) : text);
        }
        return switch (source) {
            case BOOL -> text.equals("t");
            case INT2, INT4 -> Integer.valueOf(text);
            case INT8, OID -> Long.valueOf(text);
            case FLOAT4 -> Float.valueOf(text);
            case FLOAT8 -> Double.valueOf(text);
            case BYTEA -> bytes(text);
            case DATE -> PgTime.days(text);
            case TIME -> PgTime.time(text);
            case TIMESTAMP, TIMESTAMPTZ -> PgTime.timestamp(text);
            case UUID -> UUID.fromString(text);
            default -> text;
        };
    }

    /** The number that {@code lc_monetary = C} writes as {@code -$1,234.50}. */
    static String amount(String money) {
        return money.replace("$", "").replace(",", "");
    }

    private static BigDecimal decimal(DataType.Decimal type, String text) {
        if (!Character.isDigit(text.charAt(text.length() - 1))) {
            throw new ValueProblem(
                    ErrorCode.VALUE_OUT_OF_RANGE, "A numeric of declared precision holds NaN or an infinity");
        }
        BigDecimal value = new BigDecimal(text);
        return value.scale() == type.scale() ? value : value.setScale(type.scale());
    }

    private static byte[] bytes(String text) {
        if (!text.startsWith("\\x")) {
            throw new ValueProblem(
                    ErrorCode.VALUE_NOT_SUPPORTED, "Binary values are not written with bytea_output = hex");
        }
        return HexFormat.of().parseHex(text, 2, text.length());
    }
}
