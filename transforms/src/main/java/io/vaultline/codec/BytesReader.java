package io.vaultline.codec;

import io.vaultline.event.BrokenText;
import java.util.Arrays;

/** Reads Avro's binary encoding from an array. */
final class BytesReader {
    private final byte[] bytes;
    private int at;

    BytesReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int raw() {
        return bytes[at++] & 0xFF;
    }

    long fixed64() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 8) {
            value |= (long) raw() << shift;
        }
        return value;
    }

    int fixed32() {
        int value = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            value |= raw() << shift;
        }
        return value;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = raw();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IllegalArgumentException("a number of more than ten bytes");
    }

    int integer() {
        return Math.toIntExact(number());
    }

    byte[] bytes() {
        int length = length();
        byte[] value = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return value;
    }

    String text() {
        int length = length();
        String value = BrokenText.decode(bytes, at, length);
        at += length;
        return value;
    }

    private int length() {
        int length = integer();
        if (length < 0 || length > bytes.length - at) {
            throw new IllegalArgumentException(
                    "a length of " + length + " with " + (bytes.length - at) + " bytes left");
        }
        return length;
    }
}
