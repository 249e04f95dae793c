package io.vaultline.capture.postgres;

import java.nio.ByteBuffer;

/** The message of the streaming replication protocol that says how far a receiver is. */
final class StandbyStatus {
    private static final int LENGTH = 2 + 4 * Long.BYTES;

    private StandbyStatus() {}

    /** Received up to one LSN, durable up to another. The clock is left out: the server only shows it. */
    static byte[] of(long received, long durable) {
        return ByteBuffer.allocate(LENGTH)
                .put((byte) 'r')
                .putLong(received)
                .putLong(durable)
                .putLong(durable)
                .putLong(0)
                .put((byte) 0)
                .array();
    }
}
