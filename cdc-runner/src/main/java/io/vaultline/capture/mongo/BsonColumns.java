package io.vaultline.capture.mongo;

import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/** Which column a field's first value makes, and which values fit a column. */
final class BsonColumns {
    private static final DataType.Decimal DECIMAL = new DataType.Decimal(38, 10);

    /** The largest whole number up to which every one is a double. */
    private static final long EXACT_DOUBLE = 1L << 53;

    private static final long MICROS_PER_MILLI = 1_000;

    private BsonColumns() {}

    /** The column for a field whose first value that isn't null is this one. */
    static Column column(String name, BsonValue value) {
        return new Column(name, type(value), typeName(value), true);
    }

    static DataType type(BsonValue value) {
        return switch (value.getBsonType()) {
            case OBJECT_ID, STRING -> Simple.TEXT;
            case INT32, INT64 -> Simple.INT64;
            case DOUBLE -> Simple.FLOAT64;
            case BOOLEAN -> Simple.BOOLEAN;
            case DATE_TIME -> Simple.TIMESTAMP_TZ;
            case DECIMAL128 -> DECIMAL;
            case BINARY -> isUuid(value.asBinary()) ? Simple.UUID : Simple.BYTES;
            default -> Simple.JSON;
        };
    }

    private static String typeName(BsonValue value) {
        BsonType type = value.getBsonType();
        return type == BsonType.BINARY && isUuid(value.asBinary())
                ? "uuid"
                : type.name().toLowerCase(Locale.ROOT).replace("_", "");
    }

    /** The value as the column's type has it; nothing if it doesn't fit without loss. */
    static Optional<Object> fit(DataType type, BsonValue value) {
        if (type instanceof DataType.Decimal decimal) {
            return decimal(decimal, value);
        }
        return switch ((Simple) type) {
            case TEXT -> text(value);
            case INT64 -> whole(value);
            case FLOAT64 -> floating(value);
            case BOOLEAN -> value.isBoolean() ? Optional.of(value.asBoolean().getValue()) : Optional.empty();
            case TIMESTAMP_TZ -> timestamp(value);
            case UUID -> value.isBinary() && isUuid(value.asBinary()) ? Optional.of(uuid(value)) : Optional.empty();
            case BYTES ->
                value.isBinary() && !isUuid(value.asBinary())
                        ? Optional.of(value.asBinary().getData())
                        : Optional.empty();
            case JSON -> type(value) == Simple.JSON ? Optional.of(BsonTexts.relaxed(value)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Object> text(BsonValue value) {
        if (value.isString()) {
            return Optional.of(value.asString().getValue());
        }
        return value.isObjectId() ? Optional.of(value.asObjectId().getValue().toHexString()) : Optional.empty();
    }

    private static Optional<Object> whole(BsonValue value) {
        if (value.isInt32() || value.isInt64()) {
            return Optional.of(value.asNumber().longValue());
        } else if (value.isDouble()) {
            double number = value.asDouble().getValue();
            boolean exact = number == Math.rint(number) && Math.abs(number) <= EXACT_DOUBLE && !isNegativeZero(number);
            return exact ? Optional.of((long) number) : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isNegativeZero(double number) {
        return Double.doubleToRawLongBits(number) == Long.MIN_VALUE;
    }

    private static Optional<Object> floating(BsonValue value) {
        if (value.isDouble()) {
            return Optional.of(value.asDouble().getValue());
        } else if (value.isInt32() || value.isInt64()) {
            long number = value.asNumber().longValue();
            return number >= -EXACT_DOUBLE && number <= EXACT_DOUBLE ? Optional.of((double) number) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Object> timestamp(BsonValue value) {
        if (!value.isDateTime()) {
            return Optional.empty();
        }
        long millis = value.asDateTime().getValue();
        boolean fits = millis > Long.MIN_VALUE / MICROS_PER_MILLI && millis < Long.MAX_VALUE / MICROS_PER_MILLI;
        return fits ? Optional.of(millis * MICROS_PER_MILLI) : Optional.empty();
    }

    private static Optional<Object> decimal(DataType.Decimal type, BsonValue value) {
        if (value.isInt32() || value.isInt64()) {
            return scaled(type, BigDecimal.valueOf(value.asNumber().longValue()));
        }
        return value.isDecimal128() ? decimal(type, value.asDecimal128().getValue()) : Optional.empty();
    }

    private static Optional<Object> decimal(DataType.Decimal type, Decimal128 number) {
        if (!number.isFinite()) {
            return Optional.empty();
        }
        try {
            return scaled(type, number.bigDecimalValue());
        } catch (ArithmeticException e) {
            return Optional.empty(); // a negative zero, which BigDecimal has not
        }
    }

    private static Optional<Object> scaled(DataType.Decimal type, BigDecimal number) {
        if (number.precision() - number.scale() > type.precision() - type.scale()) {
            return Optional.empty();
        }
        BigDecimal trimmed = number.scale() > type.scale() ? number.stripTrailingZeros() : number;
        return trimmed.scale() > type.scale() ? Optional.empty() : Optional.of(trimmed.setScale(type.scale()));
    }

    private static boolean isUuid(BsonBinary binary) {
        return binary.getType() == BsonBinarySubType.UUID_STANDARD.getValue() && binary.getData().length == 16;
    }

    private static UUID uuid(BsonValue value) {
        ByteBuffer bytes = ByteBuffer.wrap(value.asBinary().getData());
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
