package io.vaultline.capture.output;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the offset after the last change in each partition. Not every commit has a watermark that names them all; one
 * without names those that moved since the last watermark, so that whoever goes on after a kill knows them too. Told by
 * the producer's thread, batch by batch of one partition; asked when all that was sent is acknowledged.
 */
final class EndOffsets implements Callback {
    private final Map<TopicPartition, Long> moved = new HashMap<>();
    private final Map<String, Long> all;

    /** Of the records that were acknowledged last, all of one partition. */
    private String topic = "";

    private int partition;
    private long end;
    private Optional<String> refusing = Optional.empty();

    /** @param before what the state in Kafka says, by {@code topic-partition} */
    EndOffsets(Map<String, Long> before) {
        this.all = new HashMap<>(before);
    }

    /** Called by the producer; a failed record fails the transaction, so it is only noted here. */
    @Override
    public synchronized void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure != null || metadata == null) {
            refused(metadata, failure);
            return;
        }
        if (metadata.partition() != partition || !metadata.topic().equals(topic)) {
            keep();
            topic = metadata.topic();
            partition = metadata.partition();
        }
        end = Math.max(end, metadata.offset() + 1);
    }

    /** The same for records that are no changes. */
    synchronized void refused(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure instanceof RecordTooLargeException && metadata != null) {
            refusing = Optional.of("topic " + metadata.topic());
        }
    }

    /** The topic that a record was too large for, if there was one. */
    synchronized Optional<String> refusing() {
        return refusing;
    }

    private void keep() {
        if (end > 0) {
            moved.merge(new TopicPartition(topic, partition), end, Math::max);
        }
        end = 0;
    }

    /** By {@code topic-partition}: those that moved since the last watermark. */
    synchronized Map<String, Long> sinceWatermark() {
        keep();
        Map<String, Long> recent = new HashMap<>();
        moved.forEach((place, offset) -> recent.put(place.toString(), offset));
        return recent;
    }

    /** By {@code topic-partition}: all, for a watermark. */
    Map<String, Long> all() {
        all.putAll(sinceWatermark());
        return all;
    }

    /** The watermark is durable. */
    synchronized void recorded() {
        moved.clear();
    }
}
