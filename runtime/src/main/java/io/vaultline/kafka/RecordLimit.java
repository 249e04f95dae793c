package io.vaultline.kafka;

import java.util.Objects;

/**
 * The largest record that a topic takes.
 *
 * @param topic its name
 * @param bytes its {@code max.message.bytes}, at most {@link KafkaClients#MAX_REQUEST_BYTES}, which is what our producers
 *     send
 * @param statement the command line that raises it to that
 */
public record RecordLimit(String topic, int bytes, String statement) {
    /** Bytes of a record and its batch besides keys, values and headers of some length. */
    private static final int BATCH = 128;

    private static final int MOST_SPARE = 1 << 16;

    public RecordLimit {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(statement, "statement");
        bytes = Math.min(bytes, KafkaClients.MAX_REQUEST_BYTES);
    }

    /** Whether the topic takes less than one that we create. */
    public boolean isLow() {
        return bytes < KafkaClients.MAX_REQUEST_BYTES;
    }

    /** Bytes that a key and a value may have together, whether or not they can be compressed. */
    public int content() {
        return Math.max(0, bytes - Math.min(MOST_SPARE, BATCH + bytes / 16));
    }
}
