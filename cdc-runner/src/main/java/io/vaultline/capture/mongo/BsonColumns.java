package io.vaultline.capture.mongo;

import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.bson.BsonBinarySubType;
import org.bson.BsonType;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * Which column a field's first value makes, which values fit a column, and whether a value can be told from its column:
 * the column's own BSON type is part of the shape, so a value of another type that fits as well can't.
 */
final class BsonColumns {
    private static final DataType.Decimal DECIMAL = new DataType.Decimal(38, 10);

    /** The largest whole number up to which every one is a double. */
    private static final long EXACT_DOUBLE = 1L << 53;

    private static final long MICROS_PER_MILLI = 1_000;
    private static final int UUID_BYTES = 16;

    private BsonColumns() {}

    /** The column for a field whose first value that isn't null is the cursor's. */
    static Column column(String name, BsonCursor at) {
        return new Column(name, type(at), typeName(at), true);
    }

    private static DataType type(BsonCursor at) {
        return switch (at.type()) {
            case OBJECT_ID, STRING -> Simple.TEXT;
            case INT32, INT64 -> Simple.INT64;
            case DOUBLE -> Simple.FLOAT64;
            case BOOLEAN -> Simple.BOOLEAN;
            case DATE_TIME -> Simple.TIMESTAMP_TZ;
            case DECIMAL128 -> DECIMAL;
            case BINARY -> isUuid(at) ? Simple.UUID : Simple.BYTES;
            default -> Simple.JSON;
        };
    }

    /** The name of a value's type as shapes have it. */
    static String typeName(BsonCursor at) {
        return at.type() == BsonType.BINARY && isUuid(at) ? "uuid" : name(at.type());
    }

    static String name(BsonType type) {
        return type.name().toLowerCase(Locale.ROOT).replace("_", "");
    }

    /** The value as the column's type has it; null if it doesn't fit without loss. JSON is written elsewhere. */
    static @Nullable Object fit(DataType type, BsonCursor at) {
        if (type instanceof DataType.Decimal decimal) {
            return decimal(decimal, at);
        }
        return switch ((Simple) type) {
            case TEXT -> text(at);
            case INT64 -> whole(at);
            case FLOAT64 -> floating(at);
            case BOOLEAN -> at.type() == BsonType.BOOLEAN ? at.isTrue() : null;
            case TIMESTAMP_TZ -> at.type() == BsonType.DATE_TIME ? micros(at.int64()) : null;
            case UUID -> at.type() == BsonType.BINARY && isUuid(at) ? uuid(at) : null;
            case BYTES -> at.type() == BsonType.BINARY && !isUuid(at) ? data(at) : null;
            default -> null;
        };
    }

    /** Whether the value's type stands in a column of JSON. */
    static boolean isJson(BsonCursor at) {
        return type(at) == Simple.JSON;
    }

    /**
     * Whether a fitting value can be told from the column alone.
     *
     * @param own the column's own BSON type
     * @param fitted what {@link #fit} made of it
     */
    static boolean isExact(BsonType own, BsonCursor at, Object fitted) {
        if (at.type() != own) {
            return false;
        }
        return switch (own) {
            case STRING -> !at.isBroken((String) fitted, at.start() + Integer.BYTES, at.int32() - 1);
            case DECIMAL128 -> new Decimal128(told((BigDecimal) fitted)).equals(ExtendedJson.decimal128(at));
            case BINARY -> isUuid(at) || subType(at) == BsonBinarySubType.BINARY.getValue();
            default -> true;
        };
    }

    /** The decimal that a column's value stands for: without zeros at its end. */
    static BigDecimal told(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static @Nullable Object text(BsonCursor at) {
        return switch (at.type()) {
            case STRING -> at.text();
            case OBJECT_ID -> ExtendedJson.hex(at, at.start());
            default -> null;
        };
    }

    private static @Nullable Object whole(BsonCursor at) {
        return switch (at.type()) {
            case INT32 -> (long) at.int32();
            case INT64 -> at.int64();
            case DOUBLE -> whole(at.float64());
            default -> null;
        };
    }

    private static @Nullable Object whole(double number) {
        boolean exact = number == Math.rint(number) && Math.abs(number) <= EXACT_DOUBLE && !isNegativeZero(number);
        return exact ? (Object) (long) number : null;
    }

    private static boolean isNegativeZero(double number) {
        return Double.doubleToRawLongBits(number) == Long.MIN_VALUE;
    }

    private static @Nullable Object floating(BsonCursor at) {
        return switch (at.type()) {
            case DOUBLE -> at.float64();
            case INT32 -> (double) at.int32();
            case INT64 ->
                Math.abs((double) at.int64()) <= EXACT_DOUBLE && at.int64() == (long) (double) at.int64()
                        ? (Object) (double) at.int64()
                        : null;
            default -> null;
        };
    }

    private static @Nullable Object micros(long millis) {
        boolean fits = millis > Long.MIN_VALUE / MICROS_PER_MILLI && millis < Long.MAX_VALUE / MICROS_PER_MILLI;
        return fits ? (Object) (millis * MICROS_PER_MILLI) : null;
    }

    private static @Nullable Object decimal(DataType.Decimal type, BsonCursor at) {
        return switch (at.type()) {
            case INT32 -> scaled(type, BigDecimal.valueOf(at.int32()));
            case INT64 -> scaled(type, BigDecimal.valueOf(at.int64()));
            case DECIMAL128 -> decimal(type, ExtendedJson.decimal128(at));
            default -> null;
        };
    }

    private static @Nullable Object decimal(DataType.Decimal type, Decimal128 number) {
        if (!number.isFinite()) {
            return null;
        }
        try {
            return scaled(type, number.bigDecimalValue());
        } catch (ArithmeticException e) {
            return null; // a negative zero, which BigDecimal has not
        }
    }

    private static @Nullable Object scaled(DataType.Decimal type, BigDecimal number) {
        BigDecimal trimmed = number.scale() > type.scale() ? number.stripTrailingZeros() : number;
        boolean fits = trimmed.scale() <= type.scale()
                && trimmed.precision() - trimmed.scale() <= type.precision() - type.scale();
        return fits ? trimmed.setScale(type.scale()) : null;
    }

    private static byte subType(BsonCursor at) {
        return at.bytes()[at.start() + Integer.BYTES];
    }

    private static boolean isUuid(BsonCursor at) {
        return subType(at) == BsonBinarySubType.UUID_STANDARD.getValue() && at.int32() == UUID_BYTES;
    }

    private static UUID uuid(BsonCursor at) {
        ByteBuffer bytes = ByteBuffer.wrap(at.bytes(), at.start() + Integer.BYTES + 1, UUID_BYTES);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** The old subtype has its length a second time. */
    private static byte @Nullable [] data(BsonCursor at) {
        int from = at.start() + Integer.BYTES + 1;
        if (subType(at) == BsonBinarySubType.OLD_BINARY.getValue()) {
            from += Integer.BYTES;
        }
        return from > at.end() ? null : Arrays.copyOfRange(at.bytes(), from, at.end());
    }
}
