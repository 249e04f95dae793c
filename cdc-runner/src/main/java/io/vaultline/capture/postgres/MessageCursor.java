package io.vaultline.capture.postgres;

import java.nio.charset.StandardCharsets;

/** Reads the parts of the messages in a block: numbers with the highest byte first, texts in UTF-8. */
final class MessageCursor {
    private final byte[] bytes;
    private final int end;
    private int at;
    private int next;

    MessageCursor(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.next = at;
        this.end = end;
    }

    /** Goes to the beginning of the next message, behind its length. Returns false behind the last. */
    boolean nextMessage() {
        if (next >= end) {
            return false;
        }
        at = next;
        int length = int32();
        next = at + length;
        return true;
    }

    /** Whether the present message has been read up to its end. */
    boolean atEnd() {
        return at == next;
    }

    byte int8() {
        return bytes[at++];
    }

    int int16() {
        return ((bytes[at++] & 0xFF) << 8) | (bytes[at++] & 0xFF);
    }

    int int32() {
        return (int16() << 16) | int16();
    }

    long int64() {
        return ((long) int32() << 32) | (int32() & 0xFFFF_FFFFL);
    }

    /** A text that a zero byte ends. */
    String string() {
        int start = at;
        while (bytes[at] != 0) {
            at++;
        }
        String text = new String(bytes, start, at - start, StandardCharsets.UTF_8);
        at++;
        return text;
    }

    /** A text of so many bytes. */
    String text(int length) {
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** Goes to the end of the present message. */
    void skipMessage() {
        at = next;
    }

    void skip(int length) {
        at += length;
    }
}
