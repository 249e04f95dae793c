package io.vaultline.clickhouse.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer that takes numbers with their least significant byte first. */
final class ByteSink {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] buffer = new byte[1024];
    private int size;

    int size() {
        return size;
    }

    /** Forgets what came after a size that it had before. */
    void cut(int earlierSize) {
        size = earlierSize;
    }

    void put8(int value) {
        need(1);
        buffer[size++] = (byte) value;
    }

    void put16(int value) {
        need(Short.BYTES);
        SHORT.set(buffer, size, (short) value);
        size += Short.BYTES;
    }

    void put32(int value) {
        need(Integer.BYTES);
        INT.set(buffer, size, value);
        size += Integer.BYTES;
    }

    void put64(long value) {
        need(Long.BYTES);
        LONG.set(buffer, size, value);
        size += Long.BYTES;
    }

    /** A count or length, seven bits a byte. */
    void putLength(int length) {
        need(5);
        int rest = length;
        while ((rest & ~0x7F) != 0) {
            buffer[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    void putBytes(byte[] value) {
        need(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
    }

    /** A length and so many bytes. */
    void putString(byte[] value) {
        putLength(value.length);
        putBytes(value);
    }

    void putString(String value) {
        putString(value.getBytes(StandardCharsets.UTF_8));
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(buffer, 0, size);
    }

    private void need(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(size, more), buffer.length + (buffer.length >> 1)));
        }
    }
}
