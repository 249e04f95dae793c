package io.vaultline.capture.postgres;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes a row of {@code COPY … TO STDOUT} in its text format apart. */
final class CopyRow {
    private CopyRow() {}

    /**
     * The fields as PostgreSQL wrote them; null where the row holds a null.
     *
     * @param row one line, with or without its end
     * @throws IllegalArgumentException if it has not that many fields
     */
    static @Nullable String[] fields(byte[] row, int count) {
        @Nullable String[] fields = new @Nullable String[count];
        int length = row.length > 0 && row[row.length - 1] == '\n' ? row.length - 1 : row.length;
        int start = 0;
        int field = 0;
        boolean escaped = false;
        for (int i = 0; i <= length && count > 0; i++) {
            if (i == length || row[i] == '\t') {
                if (field == count) {
                    throw new IllegalArgumentException("a row of more than " + count + " fields");
                }
                fields[field++] = escaped ? unescaped(row, start, i) : text(row, start, i);
                start = i + 1;
                escaped = false;
            } else if (row[i] == '\\') {
                escaped = true;
                i++;
            }
        }
        if (field != count) {
            throw new IllegalArgumentException("a row of " + field + " fields instead of " + count);
        }
        return fields;
    }

    private static String text(byte[] row, int from, int to) {
        return new String(row, from, to - from, StandardCharsets.UTF_8);
    }

    private static @Nullable String unescaped(byte[] row, int from, int to) {
        if (isNull(row, from, to)) {
            return null;
        }
        byte[] plain = new byte[to - from];
        return new String(plain, 0, unescape(row, from, to, plain), StandardCharsets.UTF_8);
    }

    /** Whether a field holds a null. */
    static boolean isNull(byte[] row, int from, int to) {
        return to - from == 2 && row[from] == '\\' && row[from + 1] == 'N';
    }

    /**
     * Writes a field without its escapes.
     *
     * @param plain with room for the field as it is
     * @return how many bytes that makes
     */
    static int unescape(byte[] row, int from, int to, byte[] plain) {
        int length = 0;
        for (int i = from; i < to; i++) {
            plain[length++] = row[i] == '\\' ? meaning(row[++i]) : row[i];
        }
        return length;
    }

    private static byte meaning(byte escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            default -> escaped;
        };
    }
}
