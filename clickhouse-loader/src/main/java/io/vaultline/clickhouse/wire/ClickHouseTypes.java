package io.vaultline.clickhouse.wire;

import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.vault.model.VaultType;
import io.vaultline.vault.model.VaultType.Internal;
import io.vaultline.vault.model.VaultType.SourceValue;

/**
 * How ClickHouse stores each type of the vault; the only place that says so.
 *
 * <p>{@code Date32} and {@code DateTime64(6)} keep every number of days and microseconds that is written to them in binary,
 * and compare them as numbers; only in text, years outside of 0 to 9999 become the nearest one. So dates before Christ and
 * infinity are kept and sorted exactly, though they are shown as 0000-01-01 and 9999-12-31.
 */
public final class ClickHouseTypes {
    /** 999:59:59.999999, the longest {@code Time64(6)}, in microseconds. */
    static final long MAX_TIME = 3_600_000_000_000L - 1;

    private static final String MOMENT = "DateTime64(6, 'UTC')";

    private ClickHouseTypes() {}

    /** The type of a column, exactly as the server spells it in {@code system.columns} and in result headers. */
    public static String name(VaultType type, boolean nullable) {
        String name = type instanceof SourceValue source ? name(source.type()) : name((Internal) type);
        return nullable ? "Nullable(" + name + ")" : name;
    }

    /** The type of a source's value that is never null. */
    public static String name(DataType type) {
        if (type instanceof Decimal decimal) {
            return "Decimal(" + decimal.precision() + ", " + decimal.scale() + ")";
        }
        return switch ((DataType.Simple) type) {
            case BOOLEAN -> "Bool";
            case INT16 -> "Int16";
            case INT32 -> "Int32";
            case INT64 -> "Int64";
            case FLOAT32 -> "Float32";
            case FLOAT64 -> "Float64";
            case NUMERIC, TEXT, BYTES, JSON -> "String";
            case DATE -> "Date32";
            case TIME -> "Time64(6)";
            case TIMESTAMP, TIMESTAMP_TZ -> MOMENT;
            case UUID -> "UUID";
        };
    }

    private static String name(Internal type) {
        return switch (type) {
            case HASH -> "FixedString(16)";
            case WIDE_HASH -> "FixedString(32)";
            case NATURAL_KEY -> "String";
            case LOAD_TIMESTAMP -> MOMENT;
            case SYMBOL -> "LowCardinality(String)";
            case ORDER -> "UInt64";
            case FLAG -> "Bool";
            case NAMES -> "Array(LowCardinality(String))";
        };
    }
}
