package io.vaultline.capture.postgres;

import java.util.Arrays;

/**
 * Messages of one transaction, one behind the other in one array, each with its length in front. A transaction is one or
 * more blocks, and no block holds messages of two.
 */
final class MessageBlock {
    private static final int LENGTH = Integer.BYTES;

    private byte[] bytes;
    private int size;
    private int last;
    private int messages;
    private boolean endsTransaction;

    MessageBlock() {
        this(new byte[1 << 10], 0, 0, false);
    }

    private MessageBlock(byte[] bytes, int size, int last, boolean endsTransaction) {
        this.bytes = bytes;
        this.size = size;
        this.last = last;
        this.endsTransaction = endsTransaction;
    }

    /** A block that was written to a file; it does not end its transaction. */
    static MessageBlock of(byte[] bytes) {
        return new MessageBlock(bytes, bytes.length, 0, false);
    }

    /**
     * Adds a message.
     *
     * @param from where it begins in the array
     * @param ends whether it is its transaction's last
     */
    void add(byte[] message, int from, boolean ends) {
        int length = message.length - from;
        need(LENGTH + length);
        last = size;
        bytes[size++] = (byte) (length >>> 24);
        bytes[size++] = (byte) (length >>> 16);
        bytes[size++] = (byte) (length >>> 8);
        bytes[size++] = (byte) length;
        System.arraycopy(message, from, bytes, size, length);
        size += length;
        messages++;
        endsTransaction = ends;
    }

    /** Whether its last message is its transaction's end. */
    boolean endsTransaction() {
        return endsTransaction;
    }

    /** How many were added. */
    int messages() {
        return messages;
    }

    int size() {
        return size;
    }

    /** What holds the messages; valid up to {@link #size()}. */
    @SuppressWarnings("MutableArrayReturned") // read for every change; callers are ours
    byte[] bytes() {
        return bytes;
    }

    /** A cursor on the first message. */
    MessageCursor first() {
        return new MessageCursor(bytes, 0, size);
    }

    /** A cursor on the last message. */
    MessageCursor last() {
        return new MessageCursor(bytes, last, size);
    }

    private void need(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), 2 * bytes.length));
        }
    }
}
