package io.vaultline.event;

/**
 * Dates and timestamps before and after all others, as PostgreSQL has them. They stand as the ends of the range, which
 * is how PostgreSQL itself keeps them, so that they compare and sort as they should in every store.
 */
public final class Infinity {
    /** After every {@link DataType.Simple#DATE}. */
    public static final int DATE = Integer.MAX_VALUE;
    /** Before every {@link DataType.Simple#DATE}. */
    public static final int MINUS_DATE = Integer.MIN_VALUE;
    /** After every {@link DataType.Simple#TIMESTAMP} and {@link DataType.Simple#TIMESTAMP_TZ}. */
    public static final long TIMESTAMP = Long.MAX_VALUE;
    /** Before every {@link DataType.Simple#TIMESTAMP} and {@link DataType.Simple#TIMESTAMP_TZ}. */
    public static final long MINUS_TIMESTAMP = Long.MIN_VALUE;

    private Infinity() {}
}
