package io.vaultline.capture.output;

import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.TopicCreator;
import io.vaultline.kafka.TopicNames;
import io.vaultline.letter.WaitingRows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;

/** Forgets what it is given: for measuring a capture without Kafka. Never answers. */
public final class DiscardingProducer implements Producer<byte[], byte[]> {
    private static final Future<RecordMetadata> NEVER = new CompletableFuture<>();

    /** A writer whose changes are encoded and then forgotten; schemas are published. */
    public static ChangeWriter writer(
            KafkaClients clients, String pipeline, CaptureState state, ChangeWriter.CommitListener listener) {
        TopicNames names = new TopicNames(pipeline);
        SchemaPublisher publisher = new SchemaPublisher(
                clients.producer(Map.of()), new TopicCreator(clients.admin(), clients.config()), names);
        LetterBox letters = new LetterBox(names, KafkaClients.MAX_REQUEST_BYTES, new WaitingRows(1));
        return new ChangeWriter(
                new DiscardingProducer(),
                publisher,
                names,
                "pg",
                clients.config().transaction(),
                state,
                letters,
                listener,
                CrashPoint.NONE);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> item) {
        return NEVER;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> item, Callback callback) {
        return NEVER;
    }

    @Override
    public void initTransactions() {}

    @Override
    public void beginTransaction() {}

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata metadata) {}

    @Override
    public void commitTransaction() {}

    @Override
    public void abortTransaction() {}

    @Override
    public void registerMetricForSubscription(KafkaMetric metric) {}

    @Override
    public void unregisterMetricFromSubscription(KafkaMetric metric) {}

    @Override
    public void flush() {}

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return List.of();
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return Map.of();
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        return Uuid.ZERO_UUID;
    }

    @Override
    public void close() {}

    @Override
    public void close(Duration timeout) {}
}
