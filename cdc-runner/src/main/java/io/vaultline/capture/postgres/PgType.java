package io.vaultline.capture.postgres;

import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a PostgreSQL type is captured. Domains count as their base type; a type that isn't named here, such as an enum,
 * an array or a range, is captured as the text that PostgreSQL itself writes for it under {@link SessionSettings}.
 */
enum PgType {
    BOOL(16, Simple.BOOLEAN),
    BYTEA(17, Simple.BYTES),
    INT8(20, Simple.INT64),
    INT2(21, Simple.INT16),
    INT4(23, Simple.INT32),
    OID(26, Simple.INT64),
    JSON(114, Simple.JSON),
    POINT(600, Simple.TEXT),
    LSEG(601, Simple.TEXT),
    PATH(602, Simple.TEXT),
    BOX(603, Simple.TEXT),
    POLYGON(604, Simple.TEXT),
    LINE(628, Simple.TEXT),
    FLOAT4(700, Simple.FLOAT32),
    FLOAT8(701, Simple.FLOAT64),
    CIRCLE(718, Simple.TEXT),
    MONEY(790, Simple.TEXT),
    DATE(1082, Simple.DATE),
    TIME(1083, Simple.TIME),
    TIMESTAMP(1114, Simple.TIMESTAMP),
    TIMESTAMPTZ(1184, Simple.TIMESTAMP_TZ),
    INTERVAL(1186, Simple.TEXT),
    TIMETZ(1266, Simple.TEXT),
    NUMERIC(1700, Simple.NUMERIC),
    UUID(2950, Simple.UUID),
    JSONB(3802, Simple.JSON),
    OTHER(0, Simple.TEXT);

    static final int NO_MODIFIER = -1;
    private static final int MODIFIER_OFFSET = 4;

    private static final Map<Integer, PgType> BY_OID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(type -> type.oid, Function.identity()));

    /** What money is written with under {@code lc_monetary = C}. */
    static final DataType.Decimal MONEY_TYPE = new DataType.Decimal(19, 2);

    private final int oid;
    private final Simple simple;

    PgType(int oid, Simple simple) {
        this.oid = oid;
        this.simple = simple;
    }

    /** The type of an object id in {@code pg_type}; not that of a domain. */
    static PgType ofOid(int oid) {
        return BY_OID.getOrDefault(oid, OTHER);
    }

    /** Digits of a numeric with this modifier, 0 if it declares none. */
    static int precision(int modifier) {
        return modifier == NO_MODIFIER ? 0 : (modifier - MODIFIER_OFFSET) >> 16 & 0xFFFF;
    }

    /** Digits after the point of a numeric with this modifier; may be negative. */
    static int scale(int modifier) {
        return modifier == NO_MODIFIER ? 0 : ((modifier - MODIFIER_OFFSET & 0x7FF) ^ 1024) - 1024;
    }

    /**
     * What a column of this type holds.
     *
     * @param precision digits of a numeric that declares them, else 0
     * @param scale digits after its point; PostgreSQL allows them to be negative, or more than the precision
     */
    DataType dataType(int precision, int scale) {
        if (this == MONEY) {
            return MONEY_TYPE;
        }
        boolean fits = precision > 0 && precision <= DataType.Decimal.MAX_PRECISION && scale >= 0 && scale <= precision;
        return this == NUMERIC && fits ? new DataType.Decimal(precision, scale) : simple;
    }

    /** Whether the connector makes something of the value that does not hold all that PostgreSQL wrote. */
    boolean parsedWithLoss() {
        return switch (this) {
            case POINT, LSEG, PATH, BOX, POLYGON, LINE, CIRCLE, MONEY, INTERVAL, TIMETZ -> true;
            default -> false;
        };
    }
}
