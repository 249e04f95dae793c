package io.vaultline.clickhouse.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads numbers with their least significant byte first, and strings, through a buffer of its own. */
final class ByteSource {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int position;
    private int limit;

    ByteSource(InputStream in) {
        this.in = in;
    }

    boolean atEnd() throws IOException {
        return position == limit && !fill();
    }

    int get8() throws IOException {
        return buffer[take(1)] & 0xFF;
    }

    short get16() throws IOException {
        return (short) SHORT.get(buffer, take(Short.BYTES));
    }

    int get32() throws IOException {
        return (int) INT.get(buffer, take(Integer.BYTES));
    }

    long get64() throws IOException {
        return (long) LONG.get(buffer, take(Long.BYTES));
    }

    int getLength() throws IOException {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int b = get8();
            value |= (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new IOException("a length of more than 32 bits");
    }

    byte[] getBytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        int done = Math.min(length, limit - position);
        System.arraycopy(buffer, position, bytes, 0, done);
        position += done;
        if (in.readNBytes(bytes, done, length - done) < length - done) {
            throw new EOFException("the result ends within a row");
        }
        return bytes;
    }

    String getString() throws IOException {
        return new String(getBytes(getLength()), StandardCharsets.UTF_8);
    }

    /** Makes so many bytes stand in the buffer and passes over them. */
    private int take(int count) throws IOException {
        while (limit - position < count) {
            if (!fill()) {
                throw new EOFException("the result ends within a row");
            }
        }
        int start = position;
        position += count;
        return start;
    }

    private boolean fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        int read = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(read, 0);
        return read > 0;
    }
}
