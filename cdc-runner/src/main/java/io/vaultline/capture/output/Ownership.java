package io.vaultline.capture.output;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.TopicTail;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Who captures a source. Each take-over leaves its mark in the offsets topic, so that a capture which was cut off from
 * Kafka learns that it was replaced meanwhile, before it takes over again. Used by one thread at a time.
 *
 * <p>Only that is decided here: whoever takes over shuts the other out in Kafka in any case.
 */
public final class Ownership {
    private final String id = UUID.randomUUID().toString();
    private boolean claimed;

    /**
     * Returns if nobody else took over since the last claim, or if there was none.
     *
     * @throws PipelineException with {@code CAPTURE_FENCED} if somebody did
     */
    void require(KafkaClients clients, TopicNames names, String source) {
        if (!claimed) {
            return;
        }
        RecordedState state = new RecordedState();
        try (TopicTail tail = new TopicTail(clients, names.offsets())) {
            tail.readToEnd().forEach(entry -> {
                if (entry.key() != null && entry.value() != null) {
                    StateCodec.read(source, entry.key(), entry.value(), state);
                }
            });
        }
        if (state.owner().filter(owner -> !owner.equals(id)).isPresent()) {
            throw new PipelineException(
                    ErrorCode.CAPTURE_FENCED,
                    "Another capture of the same pipeline and source took over while Kafka could not be reached",
                    "capture of source " + source,
                    KafkaFailures.ONE_CAPTURE);
        }
    }

    /**
     * Leaves the mark, in a transaction of its own.
     *
     * @return its offset: whatever earlier captures said stands below it; the largest number if Kafka does not tell
     */
    long claim(Producer<byte[], byte[]> producer, TopicNames names, String source) {
        producer.beginTransaction();
        Future<RecordMetadata> mark = producer.send(
                new ProducerRecord<>(names.offsets(), 0, StateCodec.ownerKey(source), StateCodec.owner(id)));
        producer.commitTransaction();
        claimed = true;
        return offset(mark);
    }

    /** It is durable, so there is nothing to wait for. */
    private static long offset(Future<RecordMetadata> mark) {
        try {
            return mark.get().hasOffset() ? mark.get().offset() : Long.MAX_VALUE;
        } catch (InterruptedException e) {
            throw KafkaFailures.interrupted(e);
        } catch (ExecutionException e) {
            throw KafkaFailures.of(e, "the mark of a capture");
        }
    }
}
