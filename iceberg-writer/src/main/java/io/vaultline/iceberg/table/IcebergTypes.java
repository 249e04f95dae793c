package io.vaultline.iceberg.table;

import io.vaultline.event.DataType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * How the types of columns and their values stand in Iceberg. Values are those of Iceberg's internal model: dates are
 * days, times and timestamps microseconds, binary a {@link ByteBuffer}.
 */
public final class IcebergTypes {
    private static final Set<Type.TypeID> NUMERIC = EnumSet.of(
            Type.TypeID.INTEGER, Type.TypeID.LONG, Type.TypeID.FLOAT, Type.TypeID.DOUBLE, Type.TypeID.DECIMAL);
    private static final Set<Type.TypeID> TEXTUAL = EnumSet.of(
            Type.TypeID.INTEGER, Type.TypeID.LONG, Type.TypeID.DECIMAL, Type.TypeID.UUID, Type.TypeID.STRING);

    private IcebergTypes() {}

    /** The type that holds every value of a type exactly. */
    public static Type.PrimitiveType of(DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            return Types.DecimalType.of(decimal.precision(), decimal.scale());
        }
        return switch ((DataType.Simple) type) {
            case BOOLEAN -> Types.BooleanType.get();
            case INT16, INT32 -> Types.IntegerType.get();
            case INT64 -> Types.LongType.get();
            case FLOAT32 -> Types.FloatType.get();
            case FLOAT64 -> Types.DoubleType.get();
            case NUMERIC, TEXT, JSON -> Types.StringType.get();
            case BYTES -> Types.BinaryType.get();
            case DATE -> Types.DateType.get();
            case TIME -> Types.TimeType.get();
            case TIMESTAMP -> Types.TimestampType.withoutZone();
            case TIMESTAMP_TZ -> Types.TimestampType.withZone();
            case UUID -> Types.UUIDType.get();
        };
    }

    /** The type's name as Iceberg's specification spells it. */
    public static String name(DataType type) {
        return of(type).toString();
    }

    /** Whether a column holds every value of a type exactly. */
    static boolean holds(Type column, Type wanted) {
        return column.equals(wanted) || canWiden(wanted, column);
    }

    /** Whether a column of a type can become one of another type that holds the same values: v2's promotions. */
    static boolean canWiden(Type from, Type to) {
        return switch (from.typeId()) {
            case INTEGER -> to.typeId() == Type.TypeID.LONG;
            case FLOAT -> to.typeId() == Type.TypeID.DOUBLE;
            case DECIMAL ->
                to instanceof Types.DecimalType wide
                        && from instanceof Types.DecimalType narrow
                        && wide.scale() == narrow.scale()
                        && wide.precision() > narrow.precision();
            default -> false;
        };
    }

    /** A short name for the names of columns, such as {@code decimal_12_2}. */
    static String suffix(Type type) {
        if (type instanceof Types.DecimalType decimal) {
            return "decimal_" + decimal.precision() + "_" + decimal.scale();
        } else if (type instanceof Types.TimestampType timestamp) {
            return timestamp.shouldAdjustToUTC() ? "timestamptz" : "timestamp";
        }
        return type.toString();
    }

    /** A value as a column of a type that holds it takes it. */
    public static Object toIceberg(Object value, Type column) {
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        } else if (value instanceof Integer number && column.typeId() == Type.TypeID.LONG) {
            return number.longValue();
        } else if (value instanceof Float number && column.typeId() == Type.TypeID.DOUBLE) {
            return number.doubleValue();
        }
        return value;
    }

    /**
     * A value from a column as the class that a type names; nothing if the type can't represent it.
     *
     * <p>A column's type may differ from the wanted one after the source's column changed its type: what is exact is
     * converted, and nothing else.
     */
    public static Optional<Object> fromIceberg(Object value, Type column, DataType wanted) {
        if (!comparable(column, of(wanted))) {
            return Optional.empty();
        }
        if (wanted instanceof DataType.Decimal decimal) {
            return number(value).flatMap(number -> exact(number, decimal));
        }
        return switch ((DataType.Simple) wanted) {
            case BOOLEAN -> as(value, Boolean.class);
            case INT16 -> integer(value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT32 -> integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case DATE -> as(value, Integer.class);
            case INT64 -> value instanceof Integer number ? Optional.of(number.longValue()) : as(value, Long.class);
            case TIME, TIMESTAMP, TIMESTAMP_TZ -> as(value, Long.class);
            case FLOAT32 -> single(value);
            case FLOAT64 -> value instanceof Float number ? Optional.of(number.doubleValue()) : as(value, Double.class);
            case NUMERIC, TEXT, JSON -> text(value);
            case BYTES -> value instanceof ByteBuffer buffer ? Optional.of(bytes(buffer)) : Optional.empty();
            case UUID -> as(value, UUID.class);
        };
    }

    /** Whether a value means the same in both types, so that converting it is no guess. */
    private static boolean comparable(Type column, Type wanted) {
        if (wanted.typeId() == Type.TypeID.STRING) {
            return TEXTUAL.contains(column.typeId());
        } else if (wanted.typeId() == Type.TypeID.TIMESTAMP) {
            return column.equals(wanted);
        }
        return column.typeId() == wanted.typeId()
                || (NUMERIC.contains(column.typeId()) && NUMERIC.contains(wanted.typeId()));
    }

    private static Optional<Object> as(Object value, Class<?> type) {
        return type.isInstance(value) ? Optional.of(value) : Optional.empty();
    }

    private static Optional<Object> integer(Object value, int min, int max) {
        if (value instanceof Integer || value instanceof Long) {
            long number = ((Number) value).longValue();
            return number >= min && number <= max ? Optional.of((int) number) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Object> single(Object value) {
        if (value instanceof Double number) {
            float single = number.floatValue();
            return Double.compare(single, number) == 0 ? Optional.of(single) : Optional.empty();
        }
        return as(value, Float.class);
    }

    /** As the source would cast it to text; other types have no such rendering that all sources share. */
    private static Optional<Object> text(Object value) {
        if (value instanceof CharSequence || value instanceof UUID) {
            return Optional.of(value.toString());
        }
        return number(value).map(BigDecimal::toPlainString);
    }

    private static Optional<BigDecimal> number(Object value) {
        if (value instanceof BigDecimal decimal) {
            return Optional.of(decimal);
        }
        return value instanceof Integer || value instanceof Long
                ? Optional.of(BigDecimal.valueOf(((Number) value).longValue()))
                : Optional.empty();
    }

    private static Optional<Object> exact(BigDecimal number, DataType.Decimal type) {
        if (number.stripTrailingZeros().scale() > type.scale()) {
            return Optional.empty();
        }
        BigDecimal scaled = number.setScale(type.scale());
        return scaled.precision() <= type.precision() ? Optional.of(scaled) : Optional.empty();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
