package io.vaultline.clickhouse.wire;

/** A value that the column's type in ClickHouse can't hold; says which values it can, never the value. */
public final class ValueRangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String column;

    ValueRangeException(String column, String rule) {
        super(rule);
        this.column = column;
    }

    /** Name of the column as the table has it. */
    public String column() {
        return column;
    }

    /** What the column can hold. */
    public String rule() {
        return String.valueOf(getMessage());
    }
}
