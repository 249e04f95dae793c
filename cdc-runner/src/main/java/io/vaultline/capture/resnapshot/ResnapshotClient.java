package io.vaultline.capture.resnapshot;

import io.vaultline.config.PipelineConfig;
import io.vaultline.event.CollectionId;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.RequestRecords;
import io.vaultline.kafka.RequestTopic;
import io.vaultline.kafka.TopicNames;
import java.util.Optional;
import java.util.UUID;

/** Asks the capture of a running pipeline to read a collection again, and hears its answers. For one thread. */
public final class ResnapshotClient implements AutoCloseable {
    private final ResnapshotRequest request;
    private final RequestTopic<ResnapshotRequest, ResnapshotAnswer> topic;

    private ResnapshotClient(ResnapshotRequest request, RequestTopic<ResnapshotRequest, ResnapshotAnswer> topic) {
        this.request = request;
        this.topic = topic;
    }

    /**
     * Makes a request durable. It stays until it is answered, also if no capture runs now.
     *
     * @throws io.vaultline.error.PipelineException if Kafka can't be reached or refuses
     */
    public static ResnapshotClient ask(PipelineConfig pipeline, CollectionId collection, Optional<String> where) {
        ResnapshotRequest request = new ResnapshotRequest(UUID.randomUUID().toString(), collection, where);
        KafkaClients clients = new KafkaClients(pipeline.kafka());
        TopicNames names = new TopicNames(pipeline.pipeline());
        RequestRecords.write(clients, names, ResnapshotCodec.requestKey(request), ResnapshotCodec.request(request));
        return new ResnapshotClient(
                request, new RequestTopic<>(clients, names, collection.source(), ResnapshotCodec.KIND));
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
