package io.vaultline.kafka;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one source, or every source, is asked for, and the newest answers. Used by one thread at a time.
 *
 * @param <Q> a request
 * @param <A> an answer
 */
public final class RequestTopic<Q, A> implements AutoCloseable {
    private final Optional<String> source;
    private final RequestKind<Q, A> kind;
    private final TopicTail tail;
    private final Map<String, Q> asked = new LinkedHashMap<>();
    private final Map<String, Q> open = new LinkedHashMap<>();
    private final Map<String, A> answers = new HashMap<>();

    /** Readers see a committed answer a moment later than its commit, so the topic alone may still say that it is open. */
    private final Set<String> answered = new HashSet<>();

    /** Reads what one source is asked for, from the topic's beginning; it must exist. */
    public RequestTopic(KafkaClients clients, TopicNames names, String source, RequestKind<Q, A> kind) {
        this(clients, names, Optional.of(source), kind);
    }

    /** The same for every source. */
    public RequestTopic(KafkaClients clients, TopicNames names, RequestKind<Q, A> kind) {
        this(clients, names, Optional.empty(), kind);
    }

    private RequestTopic(KafkaClients clients, TopicNames names, Optional<String> source, RequestKind<Q, A> kind) {
        this.source = source;
        this.kind = kind;
        this.tail = new TopicTail(clients, names.requests());
    }

    /** Reads what has come since the last call. @throws io.vaultline.error.PipelineException if Kafka does not answer */
    public void refresh() {
        tail.readToEnd().forEach(entry -> {
            if (entry.key() != null && entry.value() != null) {
                source.ifPresentOrElse(
                        one -> kind.read(one, entry.key(), entry.value(), this::ask, answers::put),
                        () -> kind.readAll(entry.key(), entry.value(), this::ask, answers::put));
            }
        });
        open.keySet()
                .removeIf(id ->
                        answered.contains(id) || answer(id).filter(kind.last()).isPresent());
    }

    private void ask(String id, Q request) {
        asked.put(id, request);
        open.put(id, request);
    }

    /** All requests that were ever made, oldest first, by their ids. */
    public Map<String, Q> all() {
        return Collections.unmodifiableMap(asked);
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
