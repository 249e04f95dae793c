package io.vaultline.capture.output;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the offset after the last change in each partition. Not every commit has a watermark that names them all; one
 * without names those that moved since the last watermark, so that whoever goes on after a kill knows them too. Told by
 * the producer's thread, asked when all that was sent is acknowledged.
 */
final class EndOffsets implements Callback {
    private final Map<TopicPartition, Long> moved = new ConcurrentHashMap<>();
    private final Map<String, Long> all;

    /** @param before what the state in Kafka says, by {@code topic-partition} */
    EndOffsets(Map<String, Long> before) {
        this.all = new HashMap<>(before);
    }

    /** Called by the producer; a failed record fails the transaction, so nothing is to be done for it here. */
    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure == null && metadata != null) {
            moved.merge(new TopicPartition(metadata.topic(), metadata.partition()), metadata.offset() + 1, Math::max);
        }
    }

    /** By {@code topic-partition}: those that moved since the last watermark. */
    Map<String, Long> sinceWatermark() {
        Map<String, Long> recent = new HashMap<>();
        moved.forEach((partition, end) -> recent.put(partition.toString(), end));
        return recent;
    }

    /** By {@code topic-partition}: all, for a watermark. */
    Map<String, Long> all() {
        all.putAll(sinceWatermark());
        return all;
    }

    /** The watermark is durable. */
    void recorded() {
        moved.clear();
    }
}
