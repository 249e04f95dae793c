package io.vaultline.kafka;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic of one partition from its beginning, each call as far as its committed end at that moment. For topics
 * that hold state: schemas, offsets, watermarks. Used by one thread at a time.
 */
public final class TopicTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;

    /** Begins at the topic's start; the topic must exist. */
    public TopicTail(KafkaClients clients, String topic) {
        this.consumer = clients.consumer(Map.of());
        this.partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /**
     * The records between the last call's end and the committed end of the topic now, in order.
     *
     * @throws PipelineException with {@code KAFKA_UNREACHABLE} if Kafka does not answer in time
     */
    public List<ConsumerRecord<byte[], byte[]>> readToEnd() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        readToEnd(records::add);
        return records;
    }

    /** The same, one record after the other, so that they need not fit into memory. */
    public void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try {
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(partition)).get(partition));
            while (consumer.position(partition) < end) {
                consumer.poll(POLL).forEach(reader);
            }
        } catch (KafkaException e) {
            throw new PipelineException(
                    ErrorCode.KAFKA_UNREACHABLE,
                    "Kafka does not answer: " + e.getMessage(),
                    "topic " + partition.topic(),
                    "Check that the brokers run and that the pipeline's Kafka user may read this topic.",
                    e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
