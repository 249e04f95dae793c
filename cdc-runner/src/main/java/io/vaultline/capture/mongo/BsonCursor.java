package io.vaultline.capture.mongo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.bson.BsonType;
import org.bson.ByteBuf;
import org.bson.RawBsonDocument;

/**
 * Walks over the elements of one BSON document without making objects of them. Every type of the BSON specification is
 * known, also those that servers only hold from earlier.
 */
final class BsonCursor {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final char REPLACEMENT = '\uFFFD';
    private static final int OBJECT_ID_BYTES = 12;

    private final byte[] bytes;
    private int next;
    private BsonType type = BsonType.END_OF_DOCUMENT;
    private int nameStart;
    private int nameEnd;
    private int start;

    /** A cursor before the first element of the document that begins at an offset. */
    BsonCursor(byte[] bytes, int offset) {
        this.bytes = bytes;
        this.next = offset + Integer.BYTES;
    }

    /** A cursor before the first element of a document. */
    static BsonCursor of(RawBsonDocument document) {
        ByteBuf buffer = document.getByteBuffer();
        ByteBuffer view = buffer.asNIO();
        if (view.hasArray()) {
            return new BsonCursor(view.array(), view.arrayOffset() + view.position());
        }
        byte[] copy = new byte[view.remaining()];
        view.get(copy);
        return new BsonCursor(copy, 0);
    }

    /** Goes to the next element, if there is one. */
    boolean next() {
        byte code = bytes[next];
        if (code == 0) {
            return false;
        }
        type = type(code);
        nameStart = next + 1;
        nameEnd = endOfName(nameStart);
        start = nameEnd + 1;
        next = start + size();
        return true;
    }

    private static BsonType type(byte code) {
        BsonType type = BsonType.findByValue(code & 0xFF);
        if (type == null) {
            throw new IllegalArgumentException("BSON of type " + code + ", which the specification does not have");
        }
        return type;
    }

    private int endOfName(int from) {
        int end = from;
        while (bytes[end] != 0) {
            end++;
        }
        return end;
    }

    private int size() {
        return switch (type) {
            case END_OF_DOCUMENT, UNDEFINED, NULL, MIN_KEY, MAX_KEY -> 0;
            case BOOLEAN -> 1;
            case INT32 -> Integer.BYTES;
            case DOUBLE, INT64, DATE_TIME, TIMESTAMP -> Long.BYTES;
            case DECIMAL128 -> 2 * Long.BYTES;
            case OBJECT_ID -> OBJECT_ID_BYTES;
            case STRING, SYMBOL, JAVASCRIPT -> Integer.BYTES + int32();
            case DB_POINTER -> Integer.BYTES + int32() + OBJECT_ID_BYTES;
            case DOCUMENT, ARRAY, JAVASCRIPT_WITH_SCOPE -> int32();
            case BINARY -> Integer.BYTES + 1 + int32();
            case REGULAR_EXPRESSION -> endOfName(endOfName(start) + 1) + 1 - start;
        };
    }

    BsonType type() {
        return type;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the element's value begins. */
    int start() {
        return start;
    }

    /** Where the element's value ends. */
    int end() {
        return next;
    }

    int nameStart() {
        return nameStart;
    }

    int nameEnd() {
        return nameEnd;
    }

    String name() {
        return new String(bytes, nameStart, nameEnd - nameStart, StandardCharsets.UTF_8);
    }

    int int32() {
        return (int) INT.get(bytes, start);
    }

    int int32(int offset) {
        return (int) INT.get(bytes, offset);
    }

    long int64() {
        return (long) LONG.get(bytes, start);
    }

    long int64(int offset) {
        return (long) LONG.get(bytes, offset);
    }

    double float64() {
        return Double.longBitsToDouble(int64());
    }

    boolean isTrue() {
        return bytes[start] != 0;
    }

    /** The text of a string, a symbol or a piece of code. */
    String text() {
        return text(start);
    }

    /** The text whose length stands at an offset. */
    String text(int offset) {
        return new String(bytes, offset + Integer.BYTES, int32(offset) - 1, StandardCharsets.UTF_8);
    }

    /** The text up to the next zero byte. */
    String cstring(int offset) {
        return new String(bytes, offset, endOfName(offset) - offset, StandardCharsets.UTF_8);
    }

    /** Where the text at an offset ends, behind its zero byte. */
    int afterCstring(int offset) {
        return endOfName(offset) + 1;
    }

    /** The element's value by itself, as the bytes of a document {@code {"v": value}}. */
    byte[] wrapped() {
        int length = Integer.BYTES + 3 + (next - start) + 1;
        byte[] document = new byte[length];
        INT.set(document, 0, length);
        document[Integer.BYTES] = (byte) type.getValue();
        document[Integer.BYTES + 1] = 'v';
        System.arraycopy(bytes, start, document, Integer.BYTES + 3, next - start);
        return document;
    }

    /**
     * Whether a text that was made of these bytes lost something: BSON is UTF-8, but servers keep other bytes too.
     *
     * @param from where the text's bytes begin
     */
    boolean isBroken(String text, int from, int length) {
        return text.indexOf(REPLACEMENT) >= 0
                && !ByteBuffer.wrap(bytes, from, length).equals(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
