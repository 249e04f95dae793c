package io.vaultline.event;

/**
 * The type of a column, the same from source to dashboard. Each type has one Java class for its values; every codec,
 * mapper and store writer relies on it.
 */
public sealed interface DataType permits DataType.Simple, DataType.Decimal {

    /** Types without parameters; the class of their values in brackets. */
    enum Simple implements DataType {
        /** {@link Boolean}. */
        BOOLEAN,
        /** {@link Integer} within 16 bits. */
        INT16,
        /** {@link Integer}. */
        INT32,
        /** {@link Long}. */
        INT64,
        /** {@link Float}. */
        FLOAT32,
        /** {@link Double}. */
        FLOAT64,
        /** {@link String}: a number of any size in plain notation, also {@code NaN} and {@code Infinity}. */
        NUMERIC,
        /** {@link String}. */
        TEXT,
        /** {@code byte[]}. */
        BYTES,
        /** {@link Integer}: days since 1970-01-01, or {@link Infinity}. */
        DATE,
        /** {@link Long}: microseconds since midnight. */
        TIME,
        /** {@link Long}: microseconds since 1970-01-01T00:00 of a local clock, or {@link Infinity}. */
        TIMESTAMP,
        /** {@link Long}: microseconds since 1970-01-01T00:00Z, or {@link Infinity}. */
        TIMESTAMP_TZ,
        /** {@link java.util.UUID}. */
        UUID,
        /** {@link String} holding JSON text as the source renders it. */
        JSON
    }

    /**
     * A decimal of fixed scale; its values are {@link java.math.BigDecimal} of exactly that scale.
     *
     * @param precision digits in all, 1 to 38
     * @param scale digits after the point, 0 to {@code precision}
     */
    record Decimal(int precision, int scale) implements DataType {
        /** The most digits that every store of ours holds exactly. */
        public static final int MAX_PRECISION = 38;

        public Decimal {
            if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("no decimal type: precision " + precision + ", scale " + scale);
            }
        }
    }
}
