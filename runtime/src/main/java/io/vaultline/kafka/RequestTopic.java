package io.vaultline.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one source is asked for, and the newest answers. Used by one thread at a time.
 *
 * @param <Q> a request
 * @param <A> an answer
 */
public final class RequestTopic<Q, A> implements AutoCloseable {
    private final String source;
    private final RequestKind<Q, A> kind;
    private final TopicTail tail;
    private final Map<String, Q> open = new LinkedHashMap<>();
    private final Map<String, A> answers = new HashMap<>();

    /** Readers see a committed answer a moment later than its commit, so the topic alone may still say that it is open. */
    private final Set<String> answered = new HashSet<>();

    /** Reads from the topic's beginning; it must exist. */
    public RequestTopic(KafkaClients clients, TopicNames names, String source, RequestKind<Q, A> kind) {
        this.source = source;
        this.kind = kind;
        this.tail = new TopicTail(clients, names.requests());
    }

    /** Reads what has come since the last call. @throws io.vaultline.error.PipelineException if Kafka does not answer */
    public void refresh() {
        tail.readToEnd().forEach(entry -> {
            if (entry.key() != null && entry.value() != null) {
                kind.read(source, entry.key(), entry.value(), open::put, answers::put);
            }
        });
        open.keySet()
                .removeIf(id ->
                        answered.contains(id) || answer(id).filter(kind.last()).isPresent());
    }

    /** The requests that wait for their last answer, oldest first. */
    public List<Q> open() {
        return List.copyOf(open.values());
    }

    /** The newest answer to a request, if there is one by now. */
    public Optional<A> answer(String id) {
        return Optional.ofNullable(answers.get(id));
    }

    /** The last answer to a request is durable. */
    public void answered(String id) {
        answered.add(id);
        open.remove(id);
    }

    @Override
    public void close() {
        tail.close();
    }
}
