package io.vaultline.capture.postgres;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Follows the server's messages (PostgreSQL, "Frontend/Backend Protocol", "Message Formats") by their lengths, and finds
 * rows that are too large before they are read. Of an encrypted connection it sees nothing, and lets everything pass.
 */
final class RowGuard {
    /** A row is held about five times while it is decoded. */
    private static final int SHARE_OF_MEMORY = 8;

    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;
    private static final int HEADER = 5;
    /** Type, two positions and a time stand before what a replication message holds. */
    private static final int REPLICATION_HEADER = 25;

    private final long limit;
    private final byte[] header = new byte[HEADER];
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final Map<Integer, RelationNames> relations = new HashMap<>();
    private int headerBytes;
    private long body;
    private long left;
    private boolean encrypted;
    private boolean answerIsOneByte;
    private boolean replicating;
    private boolean skipping;

    /** @param limit the largest message of a row, in bytes */
    RowGuard(long limit) {
        this.limit = limit;
    }

    /** The largest row, in bytes of its text: a part of the memory that this process may take. */
    static long limit() {
        return Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
    }

    /** Sees what is sent: the answer to a request for encryption is one byte and no message. */
    void sent(byte[] from, int offset, int length) {
        if (length == 8 && ByteBuffer.wrap(from, offset, length).getInt() == length) {
            int code = ByteBuffer.wrap(from, offset, length).getInt(offset + Integer.BYTES);
            answerIsOneByte = code == SSL_REQUEST || code == GSS_REQUEST;
        }
    }

    /** Sees what comes. @return where the content of a row begins that is too large; -1 if there is none */
    int pass(byte[] bytes, int offset, int count) {
        int at = offset;
        int end = offset + count;
        while (at < end && !encrypted) {
            if (answerIsOneByte) {
                answerIsOneByte = false;
                encrypted = bytes[at] == 'S' || bytes[at] == 'G';
                at++;
            } else if (left > 0) {
                int part = (int) Math.min(left, end - at);
                follow(bytes, at, part);
                at += part;
            } else {
                header[headerBytes++] = bytes[at++];
                if (headerBytes == HEADER && begins()) {
                    return at;
                }
            }
        }
        return -1;
    }

    /** Whether the message that begins is too large. */
    private boolean begins() {
        headerBytes = 0;
        body = ByteBuffer.wrap(header).getInt(1) - 4L;
        left = body;
        message.reset();
        if (header[0] == 'W' || header[0] == 'H') {
            replicating = header[0] == 'W';
        }
        return header[0] == 'd' && body > limit;
    }

    /** Collects messages that tell the names of a table's columns, which come before its first row. */
    private void follow(byte[] bytes, int at, int part) {
        boolean first = left == body;
        left -= part;
        if (first) {
            skipping = !replicating || header[0] != 'd';
            skipping |= part > REPLICATION_HEADER && bytes[at + REPLICATION_HEADER] != 'R';
        }
        if (skipping) {
            return;
        }
        message.write(bytes, at, part);
        if (message.size() > REPLICATION_HEADER && message.toByteArray()[REPLICATION_HEADER] != 'R') {
            skipping = true;
        } else if (left == 0 && body > REPLICATION_HEADER) {
            RelationNames names = RelationNames.read(message.toByteArray(), REPLICATION_HEADER + 1);
            relations.put(names.oid(), names);
        }
    }

    /**
     * Reads the row to its end without keeping it.
     *
     * @param bytes holds the row's first bytes, between two places
     * @param in where the rest comes from
     */
    OversizedRow describe(byte[] bytes, int from, int to, InputStream in) throws IOException {
        InputStream start = new ByteArrayInputStream(Arrays.copyOfRange(bytes, from, to));
        DataInputStream row = new DataInputStream(new SequenceInputStream(start, in));
        return replicating ? replicated(row) : copied(row);
    }

    private OversizedRow replicated(DataInputStream row) throws IOException {
        row.skipNBytes(REPLICATION_HEADER + 1L);
        RelationNames names = relations.get(row.readInt());
        long read = REPLICATION_HEADER + HEADER;
        int largest = 0;
        long size = 0;
        while (read < body) {
            row.readByte();
            int columns = row.readShort();
            read += 3;
            for (int i = 0; i < columns; i++) {
                byte kind = row.readByte();
                long length = kind == 't' || kind == 'b' ? row.readInt() : -1;
                read += 1 + (length < 0 ? 0 : 4 + length);
                row.skipNBytes(Math.max(length, 0));
                largest = length > size ? i : largest;
                size = Math.max(length, size);
            }
        }
        return new OversizedRow(names, largest, size, body, limit);
    }

    private OversizedRow copied(DataInputStream row) throws IOException {
        byte[] part = new byte[1 << 16];
        int column = 0;
        int largest = 0;
        long size = 0;
        long current = 0;
        for (long unread = body; unread > 0; ) {
            int count = row.read(part, 0, (int) Math.min(part.length, unread));
            if (count < 0) {
                throw new IOException("the connection ended within a row");
            }
            unread -= count;
            for (int i = 0; i < count; i++) {
                current = part[i] == '\t' ? 0 : current + 1;
                column += part[i] == '\t' ? 1 : 0;
                largest = current > size ? column : largest;
                size = Math.max(current, size);
            }
        }
        return new OversizedRow(null, largest, size, body, limit);
    }
}
