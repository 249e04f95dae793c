package io.vaultline.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A record of a change topic that is not decoded yet. */
public final class RawChange {
    private final TopicPartition partition;
    private final long offset;
    private final long timestampMillis;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;

    /**
     * @param timestampMillis when it was written, milliseconds since the epoch
     * @param key the row's identity; null where the record is about no single row
     * @param value the change; no change of ours is null
     */
    public RawChange(
            TopicPartition partition,
            long offset,
            long timestampMillis,
            byte @Nullable [] key,
            byte @Nullable [] value) {
        this.partition = partition;
        this.offset = offset;
        this.timestampMillis = timestampMillis;
        this.key = key;
        this.value = value;
    }

    static RawChange of(ConsumerRecord<byte[], byte[]> entry) {
        return new RawChange(
                new TopicPartition(entry.topic(), entry.partition()),
                entry.offset(),
                entry.timestamp(),
                entry.key(),
                entry.value());
    }

    public TopicPartition partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    public long timestampMillis() {
        return timestampMillis;
    }

    public byte @Nullable [] key() {
        return key;
    }

    /** The change; empty where there is none. */
    public byte[] value() {
        return value == null ? new byte[0] : value;
    }

    /** Its place, for people. */
    public String where() {
        return "topic " + partition.topic() + ", partition " + partition.partition() + ", offset " + offset;
    }
}
