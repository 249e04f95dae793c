package io.vaultline.clickhouse.wire;

import io.vaultline.event.BrokenText;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.vault.model.VaultType;
import io.vaultline.vault.model.VaultType.Internal;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.UUID;

/** Writes values of one type in ClickHouse's RowBinary encoding. */
@FunctionalInterface
interface ValueEncoder {
    /**
     * @param value of the class that the type names, not null
     * @throws ArithmeticException with the rule that the value breaks, if the type in ClickHouse can't hold it
     */
    void encode(ByteSink out, Object value);

    static ValueEncoder of(VaultType type) {
        return type instanceof SourceValue source ? of(source.type()) : of((Internal) type);
    }

    private static ValueEncoder of(Internal type) {
        return switch (type) {
            case HASH, WIDE_HASH -> (out, value) -> out.putBytes((byte[]) value);
            case NATURAL_KEY -> (out, value) -> out.putString((byte[]) value);
            case LOAD_TIMESTAMP -> (out, value) -> out.put64((Long) value);
            case SYMBOL -> (out, value) -> out.putString((String) value);
            case ORDER -> (out, value) -> out.put64((Long) value);
            case FLAG -> ValueEncoder::flag;
            case NAMES -> ValueEncoder::names;
        };
    }

    private static ValueEncoder of(DataType type) {
        if (type instanceof Decimal decimal) {
            return decimal(decimal);
        }
        return switch ((DataType.Simple) type) {
            case BOOLEAN -> ValueEncoder::flag;
            case INT16 -> ValueEncoder::int16;
            case INT32, DATE -> (out, value) -> out.put32((Integer) value);
            case INT64, TIMESTAMP, TIMESTAMP_TZ -> (out, value) -> out.put64((Long) value);
            case FLOAT32 -> (out, value) -> out.put32(Float.floatToRawIntBits((Float) value));
            case FLOAT64 -> (out, value) -> out.put64(Double.doubleToRawLongBits((Double) value));
            case NUMERIC, TEXT, JSON -> ValueEncoder::text;
            case BYTES -> (out, value) -> out.putString((byte[]) value);
            case TIME -> ValueEncoder::time;
            case UUID -> ValueEncoder::uuid;
        };
    }

    private static void flag(ByteSink out, Object value) {
        out.put8((Boolean) value ? 1 : 0);
    }

    private static void names(ByteSink out, Object value) {
        List<?> names = (List<?>) value;
        out.putLength(names.size());
        for (Object name : names) {
            out.putString((String) name);
        }
    }

    private static void text(ByteSink out, Object value) {
        String text = (String) value;
        if (BrokenText.is(text)) {
            throw new ArithmeticException(ValueRange.UTF_8);
        }
        out.putString(text);
    }

    private static void int16(ByteSink out, Object value) {
        int number = (Integer) value;
        if (number != (short) number) {
            throw new ArithmeticException("the column holds 16 bits");
        }
        out.put16(number);
    }

    private static void time(ByteSink out, Object value) {
        long micros = (Long) value;
        if (Math.abs(micros) > ClickHouseTypes.MAX_TIME) {
            throw new ArithmeticException("ClickHouse's Time64(6) holds up to 999:59:59.999999");
        }
        out.put64(micros);
    }

    private static void uuid(ByteSink out, Object value) {
        UUID uuid = (UUID) value;
        out.put64(uuid.getMostSignificantBits());
        out.put64(uuid.getLeastSignificantBits());
    }

    private static ValueEncoder decimal(Decimal type) {
        BigInteger limit = BigInteger.TEN.pow(type.precision());
        return (out, value) -> {
            BigInteger unscaled = ((BigDecimal) value).setScale(type.scale()).unscaledValue();
            if (unscaled.abs().compareTo(limit) >= 0) {
                throw new ArithmeticException("the column holds " + type.precision() + " digits");
            }
            out.put32(unscaled.intValue());
            if (type.precision() > MAX_INT_DIGITS) {
                out.put32(unscaled.shiftRight(Integer.SIZE).intValue());
            }
            if (type.precision() > MAX_LONG_DIGITS) {
                out.put64(unscaled.shiftRight(Long.SIZE).longValue());
            }
        };
    }

    /** Decimals of so many digits take four bytes. */
    int MAX_INT_DIGITS = 9;

    /** Decimals of so many digits take eight bytes, longer ones sixteen. */
    int MAX_LONG_DIGITS = 18;
}
