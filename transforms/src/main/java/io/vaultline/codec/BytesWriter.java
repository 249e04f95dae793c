package io.vaultline.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes Avro's binary encoding into a buffer that it keeps and grows. */
final class BytesWriter {
    private byte[] buffer = new byte[1024];
    private int size;

    void clear() {
        size = 0;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    void raw(int value) {
        need(1);
        buffer[size++] = (byte) value;
    }

    /** Eight bytes, least significant first. */
    void fixed64(long value) {
        need(8);
        for (int shift = 0; shift < 64; shift += 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
    }

    void fixed32(int value) {
        need(4);
        for (int shift = 0; shift < 32; shift += 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
    }

    /** Avro's int and long: zig-zag, then seven bits a byte. */
    void number(long value) {
        need(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    int size() {
        return size;
    }

    void bytes(byte[] value) {
        bytes(value, 0, value.length);
    }

    void bytes(byte[] source, int from, int to) {
        number(to - from);
        append(source, from, to);
    }

    /** Adds a part of what stands in another buffer, as it stands there. */
    void copy(BytesWriter other, int from, int to) {
        append(other.buffer, from, to);
    }

    private void append(byte[] source, int from, int to) {
        need(to - from);
        System.arraycopy(source, from, buffer, size, to - from);
        size += to - from;
    }

    void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private void need(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(size, more), buffer.length + (buffer.length >> 1)));
        }
    }
}
