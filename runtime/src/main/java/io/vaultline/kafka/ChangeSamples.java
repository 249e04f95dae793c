package io.vaultline.kafka;

import io.vaultline.codec.ChangeDecoder;
import io.vaultline.codec.SchemaLookup;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.infer.RowSample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads the first changes that Kafka has of collections, for those who want to see what is in them. For one thread. */
public final class ChangeSamples implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    /** Changes are enough when there are so many of a collection, or so many bytes of them. */
    private static final int MAX_CHANGES = 10_000;

    private static final long MAX_BYTES = 32L << 20;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicNames names;
    private final ChangeDecoder decoder;

    public ChangeSamples(KafkaClients clients, TopicNames names, SchemaLookup schemas) {
        this.consumer = clients.consumer(Map.of());
        this.names = names;
        this.decoder = new ChangeDecoder(schemas);
    }

    /**
     * The rows that the first changes of a collection leave; none if it has no topic.
     *
     * @throws PipelineException with {@code KAFKA_UNREACHABLE} if Kafka does not answer in time, with
     *     {@code RECORD_UNREADABLE} if a record is no change of ours
     */
    public RowSample of(CollectionId collection) {
        String topic = names.changes(collection);
        try {
            List<TopicPartition> partitions = consumer.listTopics().getOrDefault(topic, List.of()).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return read(consumer.endOffsets(partitions));
        } catch (KafkaException e) {
            throw new PipelineException(
                    ErrorCode.KAFKA_UNREACHABLE,
                    "Kafka does not answer: " + e.getMessage(),
                    "topic " + topic,
                    "Check that the brokers run and that the pipeline's Kafka user may read this topic.",
                    e);
        }
    }

    private RowSample read(Map<TopicPartition, Long> ends) {
        RowSample sample = new RowSample();
        int changes = 0;
        long bytes = 0;
        while (changes < MAX_CHANGES && bytes < MAX_BYTES && isBefore(ends)) {
            for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(POLL)) {
                sample.add(ChangeConsumer.decode(decoder, RawChange.of(entry)).event());
                changes++;
                bytes += entry.serializedValueSize();
            }
        }
        return sample;
    }

    private boolean isBefore(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
