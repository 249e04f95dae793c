package io.vaultline.letter;

import io.vaultline.config.PipelineConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.kafka.CapturedTopics;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.TopicCreator;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.TopicTail;
import io.vaultline.letter.LetterRequest.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sees a pipeline's letters from outside, and asks the role that holds them. For one thread. */
public final class LetterClient {
    private final PipelineConfig pipeline;
    private final KafkaClients clients;
    private final TopicNames names;

    public LetterClient(PipelineConfig pipeline) {
        this.pipeline = pipeline;
        this.clients = new KafkaClients(pipeline.kafka());
        this.names = new TopicNames(pipeline.pipeline());
    }

    /** All changes that wait, oldest first. @throws PipelineException if Kafka can't be reached */
    public List<DeadLetter> list() {
        if (!CapturedTopics.exists(clients, names.deadLetters())) {
            return List.of();
        }
        Map<String, DeadLetter> letters = new LinkedHashMap<>();
        try (TopicTail tail = new TopicTail(clients, names.deadLetters())) {
            tail.readToEnd(item -> LetterCodec.read(item)
                    .ifPresentOrElse(
                            letter -> letters.put(letter.id(), letter), () -> letters.remove(LetterCodec.id(item))));
        }
        return List.copyOf(letters.values());
    }

    /**
     * Makes a request durable. It stays until it is answered, also if the role does not run now.
     *
     * @param letter all of the source's letters if there is none
     * @throws PipelineException if Kafka can't be reached or refuses
     */
    public Asked ask(String source, Action action, Optional<String> letter) {
        LetterRequest request = new LetterRequest(UUID.randomUUID().toString(), source, action, letter);
        try (Admin admin = clients.admin();
                KafkaProducer<byte[], byte[]> producer = clients.producer(Map.of())) {
            new TopicCreator(admin, pipeline.kafka()).createInternal(names);
            producer.send(new ProducerRecord<>(
                            names.requests(), 0, RequestCodec.requestKey(request), RequestCodec.request(request)))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notAsked(e);
        } catch (ExecutionException e) {
            throw notAsked(e);
        }
        return new Asked(request.id(), new RequestTopic(clients, names, source));
    }

    private PipelineException notAsked(Exception cause) {
        return new PipelineException(
                ErrorCode.KAFKA_UNREACHABLE,
                "The request could not be written: " + cause.getMessage(),
                "topic " + names.requests(),
                "Check that the brokers run and that the pipeline's Kafka user may write to this topic; then ask again.",
                cause);
    }

    /** A request that was made. */
    public static final class Asked implements AutoCloseable {
        private final String id;
        private final RequestTopic topic;

        private Asked(String id, RequestTopic topic) {
            this.id = id;
            this.topic = topic;
        }

        /** The answer, if there is one by now. */
        public Optional<LetterAnswer> answer() {
            topic.refresh();
            return topic.answer(id);
        }

        @Override
        public void close() {
            topic.close();
        }
    }
}
