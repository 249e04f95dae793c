package io.vaultline.capture.output;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.kafka.KafkaClients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads everything that is committed in a topic of one partition.
 *
 * <p>The end is the end of all records, not of the committed ones: what one source has committed may stand behind
 * another's open transaction, and must not be missed. So the reader waits until that transaction has ended.
 */
final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaClients clients;
    private final Admin admin;
    private final Duration patience;

    TopicReader(KafkaClients clients, Admin admin, Duration patience) {
        this.clients = clients;
        this.admin = admin;
        this.patience = patience;
    }

    /** Hands every record with a key and a value to the reader, oldest first. */
    void read(String topic, BiConsumer<byte[], byte[]> reader) {
        read(topic, Long.MAX_VALUE, reader);
    }

    /** The same for those below an offset. */
    void read(String topic, long before, BiConsumer<byte[], byte[]> reader) {
        readRecords(topic, before, item -> {
            if (item.key() != null && item.value() != null) {
                reader.accept(item.key(), item.value());
            }
        });
    }

    /** Hands every record to the reader, oldest first. */
    void readRecords(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        readRecords(topic, Long.MAX_VALUE, reader);
    }

    /** Where there is nothing to read, no consumer is made, which takes long in a process that has just started. */
    private void readRecords(String topic, long before, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        TopicPartition partition = new TopicPartition(topic, 0);
        long end = Math.min(before, end(partition));
        if (end > 0) {
            readTo(end, partition, item -> {
                if (item.offset() < end) {
                    reader.accept(item);
                }
            });
        }
    }

    private void readTo(long end, TopicPartition partition, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Instant deadline = Instant.now().plus(patience);
        try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (consumer.position(partition) < end) {
                consumer.poll(POLL).forEach(reader);
                if (Instant.now().isAfter(deadline)) {
                    throw heldBack(partition.topic());
                }
            }
        }
    }

    private long end(TopicPartition partition) {
        try {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        } catch (InterruptedException e) {
            throw KafkaFailures.interrupted(e);
        } catch (ExecutionException e) {
            throw KafkaFailures.of(e.getCause() == null ? e : e.getCause(), "topic " + partition.topic());
        }
    }

    private static PipelineException heldBack(String topic) {
        return new PipelineException(
                ErrorCode.KAFKA_REFUSES,
                "A topic can't be read to its end: a transaction of another capture has stayed open",
                "topic " + topic,
                "Start the pipeline's other captures too, which ends their old transactions, or wait for the broker to.");
    }
}
