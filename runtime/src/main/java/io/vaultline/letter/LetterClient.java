package io.vaultline.letter;

import io.vaultline.config.PipelineConfig;
import io.vaultline.kafka.CapturedTopics;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.RequestRecords;
import io.vaultline.kafka.RequestTopic;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.TopicTail;
import io.vaultline.letter.LetterRequest.Action;
import io.vaultline.service.Role;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Sees a pipeline's letters from outside, and asks the role that holds them. For one thread. */
public final class LetterClient {
    private final KafkaClients clients;
    private final TopicNames names;

    public LetterClient(PipelineConfig pipeline) {
        this.clients = new KafkaClients(pipeline.kafka());
        this.names = new TopicNames(pipeline.pipeline());
    }

    /** All changes that wait, oldest first. @throws io.vaultline.error.PipelineException if Kafka can't be reached */
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

    /** A letter with the change that waits, if it does. @throws io.vaultline.error.PipelineException as {@link #list} */
    public Optional<Opened> open(String id) {
        if (!CapturedTopics.exists(clients, names.deadLetters())) {
            return Optional.empty();
        }
        Map<String, Opened> found = new HashMap<>();
        try (TopicTail tail = new TopicTail(clients, names.deadLetters())) {
            tail.readToEnd(item -> {
                if (LetterCodec.id(item).equals(id)) {
                    found.remove(id);
                    LetterCodec.read(item).ifPresent(letter -> found.put(id, new Opened(letter, item)));
                }
            });
        }
        return Optional.ofNullable(found.get(id));
    }

    /** A letter and its record. */
    public record Opened(DeadLetter letter, ConsumerRecord<byte[], byte[]> item) {}

    /** Every request that was ever made about letters, oldest first, with its answer where there is one. */
    public Map<LetterRequest, Optional<LetterAnswer>> log() {
        Map<LetterRequest, Optional<LetterAnswer>> log = new LinkedHashMap<>();
        if (CapturedTopics.exists(clients, names.requests())) {
            try (RequestTopic<LetterRequest, LetterAnswer> topic =
                    new RequestTopic<>(clients, names, RequestCodec.KIND)) {
                topic.refresh();
                topic.all().forEach((id, request) -> log.put(request, topic.answer(id)));
            }
        }
        return log;
    }

    /** Asks the capture of a source, in nobody's name. See {@link #ask(LetterRequest)}. */
    public Asked ask(String source, Action action, Optional<String> letter) {
        return ask(new LetterRequest(
                UUID.randomUUID().toString(),
                Role.CAPTURE.label(),
                source,
                action,
                letter,
                Optional.empty(),
                Author.UNKNOWN,
                Map.of()));
    }

    /**
     * Makes a request durable. It stays until it is answered, also if the role does not run now.
     *
     * @throws io.vaultline.error.PipelineException if Kafka can't be reached or refuses
     */
    public Asked ask(LetterRequest request) {
        RequestRecords.write(clients, names, RequestCodec.requestKey(request), RequestCodec.request(request));
        return new Asked(request.id(), new RequestTopic<>(clients, names, request.source(), RequestCodec.KIND));
    }

    /** A request that was made. */
    public static final class Asked implements AutoCloseable {
        private final String id;
        private final RequestTopic<LetterRequest, LetterAnswer> topic;

        private Asked(String id, RequestTopic<LetterRequest, LetterAnswer> topic) {
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
