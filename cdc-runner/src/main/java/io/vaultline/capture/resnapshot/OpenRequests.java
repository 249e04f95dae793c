package io.vaultline.capture.resnapshot;

import io.vaultline.capture.resnapshot.ResnapshotAnswer.Status;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.kafka.RequestTopic;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests that one source's capture has still to answer, each of them once. Used by one thread at a time. */
public final class OpenRequests implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenRequests.class);

    private final RequestTopic<ResnapshotRequest, ResnapshotAnswer> topic;
    private final BiConsumer<ResnapshotRequest, ResnapshotAnswer> answers;

    /**
     * @param topic closed with this
     * @param answers makes an answer durable
     */
    public OpenRequests(
            RequestTopic<ResnapshotRequest, ResnapshotAnswer> topic,
            BiConsumer<ResnapshotRequest, ResnapshotAnswer> answers) {
        this.topic = topic;
        this.answers = answers;
    }

    /** Those of now, oldest first. Whoever asks can wait while Kafka is away; the stream says what must be said. */
    public List<ResnapshotRequest> look() {
        try {
            topic.refresh();
        } catch (PipelineException e) {
            if (e.code() != ErrorCode.KAFKA_UNREACHABLE) {
                throw e;
            }
            LOG.debug("Requests can't be read now", e);
        }
        return topic.open();
    }

    /** Says that a request was seen. */
    public void begin(ResnapshotRequest request) {
        answers.accept(request, new ResnapshotAnswer(Status.READING, 0, 0, ""));
    }

    /** A request's last answer is durable. */
    public void answered(ResnapshotRequest request) {
        topic.answered(request.id());
    }

    /** Answers a request that can't be done. No Kafka transaction is open. */
    public void refuse(ResnapshotRequest request, String why) {
        LOG.warn("{} is not read again: {}", request.collection(), why);
        answered(request);
        answers.accept(request, new ResnapshotAnswer(Status.REFUSED, 0, 0, why));
    }

    @Override
    public void close() {
        topic.close();
    }
}
