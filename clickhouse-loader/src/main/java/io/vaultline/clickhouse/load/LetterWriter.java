package io.vaultline.clickhouse.load;

import io.vaultline.kafka.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes records together with offsets of the loaders' group, in one Kafka transaction: both are durable, or neither is,
 * and a loader that no longer owns the partitions can write neither. For one thread.
 */
final class LetterWriter implements AutoCloseable {
    /** How long a loader that died in such a transaction keeps its successor waiting. */
    private static final int TIMEOUT_MILLIS = 20_000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final String transactionalId;
    private Optional<KafkaProducer<byte[], byte[]>> producer = Optional.empty();

    /** @param prefix of the transactional id, which no other loader has */
    LetterWriter(KafkaClients clients, String prefix) {
        this.clients = clients;
        this.transactionalId = prefix + "." + UUID.randomUUID();
    }

    /** @throws KafkaException if neither is durable, or nobody knows */
    void write(
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, Long> nextOffsets,
            ConsumerGroupMetadata group) {
        try {
            KafkaProducer<byte[], byte[]> open = producer.orElseGet(this::begin);
            open.beginTransaction();
            records.forEach(item -> send(open, item));
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            nextOffsets.forEach((partition, next) -> offsets.put(partition, new OffsetAndMetadata(next)));
            open.sendOffsetsToTransaction(offsets, group);
            open.commitTransaction();
        } catch (KafkaException e) {
            // A new producer of this id gives up what this one has left open.
            close();
            throw e;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a record that fails makes the transaction's commit fail
    private static void send(KafkaProducer<byte[], byte[]> open, ProducerRecord<byte[], byte[]> item) {
        open.send(item);
    }

    private KafkaProducer<byte[], byte[]> begin() {
        KafkaProducer<byte[], byte[]> made = clients.transactionalProducer(
                transactionalId, Map.of(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TIMEOUT_MILLIS));
        producer = Optional.of(made);
        made.initTransactions();
        return made;
    }

    @Override
    public void close() {
        producer.ifPresent(open -> open.close(PATIENCE));
        producer = Optional.empty();
    }
}
