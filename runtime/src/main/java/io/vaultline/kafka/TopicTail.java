package io.vaultline.kafka;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic of one partition from its beginning, each call as far as its committed end at that moment. For topics
 * that hold state: schemas, offsets, watermarks. Used by one thread at a time.
 */
public final class TopicTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaClients clients;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;

    /** Begins at the topic's start; the topic must exist. */
    public TopicTail(KafkaClients clients, String topic) {
        this.clients = clients;
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
            readTo(
                    Objects.requireNonNull(
                            consumer.endOffsets(List.of(partition)).get(partition)),
                    reader);
        } catch (KafkaException e) {
            throw unreachable(partition.topic(), e);
        }
    }

    /**
     * The same up to what anybody has written by now: waits for the transactions that are still open there, which Kafka
     * ends when they take too long.
     */
    public void readToNewest(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try (Admin admin = clients.admin()) {
            readTo(end(admin, partition.topic()), reader);
        } catch (KafkaException e) {
            throw unreachable(partition.topic(), e);
        }
    }

    /**
     * The offset behind all that anybody has written to a topic of one partition, committed or not.
     *
     * @throws PipelineException with {@code KAFKA_UNREACHABLE} if Kafka does not answer in time
     */
    static long end(Admin admin, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try {
            return admin.listOffsets(
                            Map.of(partition, OffsetSpec.latest()),
                            new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .partitionResult(partition)
                    .get()
                    .offset();
        } catch (ExecutionException | KafkaException e) {
            throw unreachable(topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(topic, e);
        }
    }

    private void readTo(long end, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        while (consumer.position(partition) < end) {
            consumer.poll(POLL).forEach(reader);
        }
    }

    /** One record that is there; what is read next comes behind it. */
    public ConsumerRecord<byte[], byte[]> readAt(long offset) {
        try {
            consumer.seek(partition, offset);
            while (true) {
                for (ConsumerRecord<byte[], byte[]> item : consumer.poll(POLL)) {
                    consumer.seek(partition, item.offset() + 1);
                    return item;
                }
            }
        } catch (KafkaException e) {
            throw unreachable(partition.topic(), e);
        }
    }

    private static PipelineException unreachable(String topic, Exception cause) {
        return new PipelineException(
                ErrorCode.KAFKA_UNREACHABLE,
                "Kafka does not answer: " + cause.getMessage(),
                "topic " + topic,
                "Check that the brokers run and that the pipeline's Kafka user may read this topic.",
                cause);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
