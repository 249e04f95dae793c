package io.vaultline.letter;

import io.vaultline.config.PipelineConfig;
import io.vaultline.kafka.CapturedTopics;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.RequestRecords;
import io.vaultline.kafka.RequestTopic;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.TopicTail;
import io.vaultline.letter.LetterRequest.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

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

    /**
     * Makes a request durable. It stays until it is answered, also if the role does not run now.
     *
     * @param letter all of the source's letters if there is none
     * @throws io.vaultline.error.PipelineException if Kafka can't be reached or refuses
     */
    public Asked ask(String source, Action action, Optional<String> letter) {
        LetterRequest request = new LetterRequest(UUID.randomUUID().toString(), source, action, letter);
        RequestRecords.write(clients, names, RequestCodec.requestKey(request), RequestCodec.request(request));
        return new Asked(request.id(), new RequestTopic<>(clients, names, source, RequestCodec.KIND));
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
