package io.vaultline.capture.resnapshot;

import io.vaultline.config.PipelineConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.TopicCreator;
import io.vaultline.kafka.TopicNames;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Asks the capture of a running pipeline to read a collection again, and hears its answers. For one thread. */
public final class ResnapshotClient implements AutoCloseable {
    private final ResnapshotRequest request;
    private final ResnapshotTopic topic;

    private ResnapshotClient(ResnapshotRequest request, ResnapshotTopic topic) {
        this.request = request;
        this.topic = topic;
    }

    /**
     * Makes a request durable. It stays until it is answered, also if no capture runs now.
     *
     * @throws PipelineException if Kafka can't be reached or refuses
     */
    public static ResnapshotClient ask(PipelineConfig pipeline, CollectionId collection, Optional<String> where) {
        ResnapshotRequest request = new ResnapshotRequest(UUID.randomUUID().toString(), collection, where);
        KafkaClients clients = new KafkaClients(pipeline.kafka());
        TopicNames names = new TopicNames(pipeline.pipeline());
        try (Admin admin = clients.admin();
                KafkaProducer<byte[], byte[]> producer = clients.producer(Map.of())) {
            new TopicCreator(admin, pipeline.kafka()).createInternal(names);
            producer.send(new ProducerRecord<>(
                            names.requests(), 0, ResnapshotCodec.requestKey(request), ResnapshotCodec.request(request)))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notAsked(names, e);
        } catch (ExecutionException e) {
            throw notAsked(names, e);
        }
        return new ResnapshotClient(request, new ResnapshotTopic(clients, names, collection.source()));
    }

    private static PipelineException notAsked(TopicNames names, Exception cause) {
        return new PipelineException(
                ErrorCode.KAFKA_UNREACHABLE,
                "The request could not be written: " + cause.getMessage(),
                "topic " + names.requests(),
                "Check that the brokers run and that the pipeline's Kafka user may write to this topic; then ask again.",
                cause);
    }

    /** The newest answer, if there is one by now. */
    public Optional<ResnapshotAnswer> answer() {
        topic.refresh();
        return topic.answer(request.id());
    }

    @Override
    public void close() {
        topic.close();
    }
}
