package io.vaultline.clickhouse.wire;

import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.vault.model.VaultType;
import io.vaultline.vault.model.VaultType.Internal;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads values of one type from ClickHouse's RowBinary encoding; what {@link ValueEncoder} wrote comes back equal. */
@FunctionalInterface
interface ValueDecoder {
    /** A value of the class that the type names. */
    Object decode(ByteSource in) throws IOException;

    static ValueDecoder of(VaultType type) {
        return type instanceof SourceValue source ? of(source.type()) : of((Internal) type);
    }

    private static ValueDecoder of(Internal type) {
        return switch (type) {
            case HASH -> in -> in.getBytes(16);
            case WIDE_HASH -> in -> in.getBytes(32);
            case NATURAL_KEY -> in -> in.getBytes(in.getLength());
            case LOAD_TIMESTAMP, ORDER -> ByteSource::get64;
            case SYMBOL -> ByteSource::getString;
            case FLAG -> in -> in.get8() != 0;
            case NAMES -> ValueDecoder::names;
        };
    }

    private static ValueDecoder of(DataType type) {
        if (type instanceof Decimal decimal) {
            return in -> decimal(in, decimal);
        }
        return switch ((DataType.Simple) type) {
            case BOOLEAN -> in -> in.get8() != 0;
            case INT16 -> in -> (int) in.get16();
            case INT32, DATE -> ByteSource::get32;
            case INT64, TIME, TIMESTAMP, TIMESTAMP_TZ -> ByteSource::get64;
            case FLOAT32 -> in -> Float.intBitsToFloat(in.get32());
            case FLOAT64 -> in -> Double.longBitsToDouble(in.get64());
            case NUMERIC, TEXT, JSON -> ByteSource::getString;
            case BYTES -> in -> in.getBytes(in.getLength());
            case UUID -> in -> new UUID(in.get64(), in.get64());
        };
    }

    private static List<String> names(ByteSource in) throws IOException {
        int count = in.getLength();
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(in.getString());
        }
        return names;
    }

    private static BigDecimal decimal(ByteSource in, Decimal type) throws IOException {
        if (type.precision() <= ValueEncoder.MAX_INT_DIGITS) {
            return BigDecimal.valueOf(in.get32(), type.scale());
        }
        long low = in.get64();
        if (type.precision() <= ValueEncoder.MAX_LONG_DIGITS) {
            return BigDecimal.valueOf(low, type.scale());
        }
        BigInteger lowBits = new BigInteger(Long.toUnsignedString(low));
        return new BigDecimal(
                BigInteger.valueOf(in.get64()).shiftLeft(Long.SIZE).or(lowBits), type.scale());
    }
}
