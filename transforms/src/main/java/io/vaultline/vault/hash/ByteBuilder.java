package io.vaultline.vault.hash;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A byte array that grows and is used again and again; what hashes are computed over. For one thread. */
final class ByteBuilder {
    private static final int INITIAL_BYTES = 1024;
    /** A larger array, left behind by one large value, is given back. */
    private static final int KEPT_BYTES = 1 << 20;

    private static final int MAX_LONG_DIGITS = 19;
    /** Up to here, copying letter by letter costs less than an array of its own. */
    private static final int SHORT_TEXT = 24;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;

    int length() {
        return length;
    }

    /** The bytes so far, from 0 to {@link #length()}; valid until the next change. */
    byte[] array() {
        return bytes;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Forgets everything behind a length. */
    void truncate(int newLength) {
        length = newLength;
        if (newLength == 0 && bytes.length > KEPT_BYTES) {
            bytes = new byte[INITIAL_BYTES];
        }
    }

    void put(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void put(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    /** Four bytes, the highest first. */
    void putInt(int value) {
        reserve(Integer.BYTES);
        length += Integer.BYTES;
        setInt(length - Integer.BYTES, value);
    }

    void setInt(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    void putUtf8(String text) {
        if (text.length() > SHORT_TEXT) {
            put(text.getBytes(StandardCharsets.UTF_8));
            return;
        }
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                put(text.substring(i).getBytes(StandardCharsets.UTF_8));
                return;
            }
            bytes[length++] = (byte) c;
        }
    }

    /** Decimal digits, with a minus sign in front of negative numbers. */
    void putDecimal(long value) {
        reserve(1 + MAX_LONG_DIGITS);
        if (value < 0) {
            bytes[length++] = '-';
        }
        int end = length + digits(value);
        long rest = value;
        for (int at = end - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + Math.abs((int) (rest % 10)));
            rest /= 10;
        }
        length = end;
    }

    /** The lowest digits of a number in lower-case hexadecimal. */
    void putHex(long value, int digits) {
        reserve(digits);
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            bytes[length++] = (byte) HexFormat.of().toLowHexDigit((int) (value >>> shift));
        }
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private void reserve(int more) {
        int needed = Math.addExact(length, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(2L * bytes.length, needed), Integer.MAX_VALUE - 8));
        }
    }
}
