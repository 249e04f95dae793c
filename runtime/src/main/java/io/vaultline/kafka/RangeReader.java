package io.vaultline.kafka;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads ranges of change topics, whoever owns their partitions. */
public final class RangeReader {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaClients clients;

    public RangeReader(KafkaClients clients) {
        this.clients = clients;
    }

    /**
     * Hands over the committed records between two offsets of each partition, in order within each. What Kafka no longer
     * keeps is left out.
     *
     * @param first included
     * @param next not included; of the same partitions
     * @throws PipelineException with {@code KAFKA_UNREACHABLE} if Kafka does not answer in time
     */
    public void read(Map<TopicPartition, Long> first, Map<TopicPartition, Long> next, Consumer<RawChange> reader) {
        try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
            consumer.assign(first.keySet());
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(first.keySet()));
            next.forEach((partition, end) -> ends.merge(partition, end, Math::min));
            first.forEach(consumer::seek);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(entry -> {
                    RawChange raw = RawChange.of(entry);
                    if (raw.offset() < ends.getOrDefault(raw.partition(), 0L)) {
                        reader.accept(raw);
                    }
                });
            }
        } catch (KafkaException e) {
            throw new PipelineException(
                    ErrorCode.KAFKA_UNREACHABLE,
                    "Kafka does not answer: " + e.getMessage(),
                    "partitions " + first.keySet(),
                    "Check that the brokers run and that the pipeline's Kafka user may read these topics.",
                    e);
        }
    }
}
