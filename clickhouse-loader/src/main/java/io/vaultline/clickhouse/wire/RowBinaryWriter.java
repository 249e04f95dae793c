package io.vaultline.clickhouse.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one table in the format {@code RowBinaryWithNamesAndTypes}, encoded as they come and kept in memory. For one
 * thread at a time.
 */
public final class RowBinaryWriter {
    private final List<WireColumn> columns;
    private final ValueEncoder[] encoders;
    private final boolean[] nullable;
    private final ByteSink header = new ByteSink();
    private final ByteSink body = new ByteSink();
    private int rows;

    public RowBinaryWriter(List<WireColumn> columns) {
        this(columns, column -> OutOfRange.refuse());
    }

    /** @param ranges what becomes of a column's values that its type can't hold */
    public RowBinaryWriter(List<WireColumn> columns, Function<WireColumn, OutOfRange> ranges) {
        this.columns = List.copyOf(columns);
        this.encoders = columns.stream()
                .map(column -> ranges.apply(column).around(column.type()))
                .toArray(ValueEncoder[]::new);
        this.nullable = new boolean[encoders.length];
        header.putLength(columns.size());
        columns.forEach(column -> header.putString(column.name()));
        columns.forEach(column -> header.putString(column.typeName()));
        for (int i = 0; i < nullable.length; i++) {
            nullable[i] = columns.get(i).nullable();
        }
    }

    /**
     * Adds a row.
     *
     * @param values one for each column, of the class that its type names
     * @throws ValueRangeException if ClickHouse can't hold a value; nothing of the row is kept then
     */
    public void add(@Nullable Object... values) {
        int start = body.size();
        int i = 0;
        try {
            for (; i < encoders.length; i++) {
                put(i, values[i]);
            }
        } catch (ArithmeticException e) {
            body.cut(start);
            throw new ValueRangeException(columns.get(i).name(), String.valueOf(e.getMessage()));
        }
        rows++;
    }

    private void put(int column, @Nullable Object value) {
        if (value == null) {
            if (!nullable[column]) {
                throw new ArithmeticException("the column holds no null");
            }
            body.put8(1);
            return;
        }
        if (nullable[column]) {
            body.put8(0);
        }
        encoders[column].encode(body, value);
    }

    /** Forgets what came after a size and a number of rows that it had before. */
    public void cut(int earlierBytes, int earlierRows) {
        body.cut(earlierBytes);
        rows = earlierRows;
    }

    /** Rows added so far. */
    public int rows() {
        return rows;
    }

    /** Size of the rows added so far, in bytes. */
    public int bytes() {
        return body.size();
    }

    /** Writes header and rows; can be called again. */
    public void writeTo(OutputStream out) throws IOException {
        header.writeTo(out);
        body.writeTo(out);
    }
}
