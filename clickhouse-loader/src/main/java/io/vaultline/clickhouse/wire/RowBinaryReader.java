package io.vaultline.clickhouse.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a result in the format {@code RowBinaryWithNamesAndTypes} row by row. */
public final class RowBinaryReader {
    private final ByteSource in;
    private final ValueDecoder[] decoders;
    private final boolean[] nullable;

    /**
     * Reads the header.
     *
     * @param columns what the result is expected to hold; a column may be nullable in the one and not in the other
     * @throws IOException if the stream breaks, or the result has other columns or types
     */
    public RowBinaryReader(InputStream stream, List<WireColumn> columns) throws IOException {
        this.in = new ByteSource(stream);
        this.decoders = new ValueDecoder[columns.size()];
        this.nullable = new boolean[columns.size()];
        int count = in.getLength();
        if (count != columns.size()) {
            throw new IOException("the result has " + count + " columns instead of " + columns.size());
        }
        for (WireColumn column : columns) {
            check(column.name(), in.getString());
        }
        for (int i = 0; i < count; i++) {
            WireColumn column = columns.get(i);
            String type = in.getString();
            nullable[i] = type.equals(ClickHouseTypes.name(column.type(), true));
            if (!nullable[i]) {
                check(ClickHouseTypes.name(column.type(), false), type);
            }
            decoders[i] = ValueDecoder.of(column.type());
        }
    }

    /** The next row, one value for each column; null after the last. */
    public @Nullable Object @Nullable [] next() throws IOException {
        if (in.atEnd()) {
            return null;
        }
        @Nullable Object[] values = new @Nullable Object[decoders.length];
        for (int i = 0; i < decoders.length; i++) {
            boolean isNull = nullable[i] && in.get8() != 0;
            values[i] = isNull ? null : decoders[i].decode(in);
        }
        return values;
    }

    private static void check(String expected, String found) throws IOException {
        if (!expected.equals(found)) {
            throw new IOException("the result has " + found + " where " + expected + " was expected");
        }
    }
}
