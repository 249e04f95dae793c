package io.vaultline.capture.postgres;

import io.vaultline.codec.ChangeSchema;
import io.vaultline.codec.RowReadEncoder;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataType;
import java.nio.charset.StandardCharsets;

/**
 * Writes rows of {@code COPY … TO STDOUT} as records, field by field, from the bytes that PostgreSQL sent to those that
 * Kafka gets. Values of types that need more than that take the way over {@link ColumnValues}. Not thread-safe.
 */
final class RowTranscoder {
    private final FieldWriter[] writers;
    private final RowReadEncoder out;
    private byte[] scratch = new byte[256];

    RowTranscoder(CatalogTable table, ChangeSchema schema) {
        this.writers = table.types().stream().map(this::writer).toArray(FieldWriter[]::new);
        this.out = new RowReadEncoder(schema);
    }

    /** Writes one field that is not null; without escapes in it. */
    @FunctionalInterface
    private interface FieldWriter {
        void write(byte[] source, int from, int to);
    }

    /**
     * Writes one row, whose key and value can then be taken.
     *
     * @param row one line, with or without its end
     * @throws ValueProblem if a value can't be captured
     * @throws IllegalArgumentException if it has not as many fields as the table
     */
    void write(byte[] row, CommitOrder order, long micros) {
        out.begin(order, micros);
        int length = row.length > 0 && row[row.length - 1] == '\n' ? row.length - 1 : row.length;
        int start = 0;
        int field = 0;
        boolean escaped = false;
        for (int i = 0; i <= length && writers.length > 0; i++) {
            if (i == length || row[i] == '\t') {
                if (field == writers.length) {
                    throw new IllegalArgumentException("a row of more than " + field + " fields");
                }
                write(field++, row, start, i, escaped);
                start = i + 1;
                escaped = false;
            } else if (row[i] == '\\') {
                escaped = true;
                i++;
            }
        }
        if (field != writers.length) {
            throw new IllegalArgumentException("a row of " + field + " fields instead of " + writers.length);
        }
    }

    byte[] key() {
        return out.toKey();
    }

    byte[] value() {
        return out.toValue();
    }

    private void write(int field, byte[] row, int from, int to, boolean escaped) {
        if (!escaped) {
            writers[field].write(row, from, to);
        } else if (CopyRow.isNull(row, from, to)) {
            out.missing();
        } else {
            scratch = scratch.length < to - from ? new byte[(to - from) * 2] : scratch;
            writers[field].write(scratch, 0, CopyRow.unescape(row, from, to, scratch));
        }
    }

    private FieldWriter writer(CatalogTable.PgColumn column) {
        DataType type = column.column().type();
        if (column.mask().changes()) {
            return any(column);
        } else if (type instanceof DataType.Decimal decimal) {
            FieldWriter any = any(column);
            return (source, from, to) -> {
                if (!decimal(decimal.scale(), source, from, to)) {
                    any.write(source, from, to);
                }
            };
        }
        return switch (column.type()) {
            case BOOL -> (source, from, to) -> out.truth(source[from] == 't');
            case INT2, INT4, INT8, OID -> (source, from, to) -> out.number(number(source, from, to));
            case DATE -> this::date;
            case TIMESTAMP, TIMESTAMPTZ -> this::timestamp;
            case UUID, NUMERIC, JSON, JSONB, OTHER -> (source, from, to) -> out.text(source, from, to);
            default -> any(column);
        };
    }

    private FieldWriter any(CatalogTable.PgColumn column) {
        return (source, from, to) -> {
            Object value = column.value(text(source, from, to));
            if (value == null) {
                out.missing();
            } else {
                out.value(value);
            }
        };
    }

    private void date(byte[] source, int from, int to) {
        long days = PlainTime.date(source, from, to);
        out.number(days == PlainTime.NOT_PLAIN ? PgTime.days(text(source, from, to)) : days);
    }

    private void timestamp(byte[] source, int from, int to) {
        long micros = PlainTime.timestamp(source, from, to);
        out.number(micros == PlainTime.NOT_PLAIN ? PgTime.timestamp(text(source, from, to)) : micros);
    }

    private static String text(byte[] source, int from, int to) {
        return new String(source, from, to - from, StandardCharsets.UTF_8);
    }

    /** A whole number within 64 bits, as PostgreSQL writes it. */
    private static long number(byte[] source, int from, int to) {
        boolean negative = source[from] == '-';
        long value = 0;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            value = value * 10 - (source[i] - '0');
        }
        return negative ? value : -value;
    }

    /** Writes a decimal of few digits, with as many behind its point as the scale says; else nothing. */
    private boolean decimal(int scale, byte[] source, int from, int to) {
        boolean negative = source[from] == '-';
        int first = negative ? from + 1 : from;
        int point = scale == 0 ? to : to - scale - 1;
        if (point < first || (scale > 0 && source[point] != '.') || !RowReadEncoder.isShort(to - first)) {
            return false;
        }
        long value = 0;
        for (int i = first; i < to; i++) {
            int digit = source[i] - '0';
            if (i == point) {
                continue;
            } else if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
        }
        out.decimal(negative ? -value : value);
        return true;
    }
}
