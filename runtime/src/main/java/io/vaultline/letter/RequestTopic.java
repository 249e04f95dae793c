package io.vaultline.letter;

import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.TopicTail;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked about the letters of one source, and the answers. Used by one thread at a time. */
public final class RequestTopic implements AutoCloseable {
    private final String source;
    private final TopicTail tail;
    private final Map<String, LetterRequest> open = new LinkedHashMap<>();
    private final Map<String, LetterAnswer> answers = new HashMap<>();

    /** Reads from the topic's beginning; it must exist. */
    public RequestTopic(KafkaClients clients, TopicNames names, String source) {
        this.source = source;
        this.tail = new TopicTail(clients, names.requests());
    }

    /** Reads what has come since the last call. @throws io.vaultline.error.PipelineException if Kafka does not answer */
    public void refresh() {
        tail.readToEnd().forEach(entry -> {
            if (entry.key() != null && entry.value() != null) {
                RequestCodec.read(source, entry.key(), entry.value(), new Reader());
            }
        });
        open.keySet().removeAll(answers.keySet());
    }

    /** The requests that were not answered, oldest first. */
    public List<LetterRequest> open() {
        return List.copyOf(open.values());
    }

    /** The answer to a request, if there is one by now. */
    public Optional<LetterAnswer> answer(String id) {
        return Optional.ofNullable(answers.get(id));
    }

    /** The request is answered, though readers may see that a moment later only. */
    public void answered(LetterRequest request, LetterAnswer answer) {
        open.remove(request.id());
        answers.put(request.id(), answer);
    }

    private final class Reader implements RequestCodec.Reader {
        @Override
        public void request(LetterRequest request) {
            open.put(request.id(), request);
        }

        @Override
        public void answer(String id, LetterAnswer answer) {
            answers.put(id, answer);
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
