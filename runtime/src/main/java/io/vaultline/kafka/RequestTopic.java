package io.vaultline.kafka;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * What one source, or every source, is asked for, and the newest answers. Used by one thread at a time.
 *
 * @param <Q> a request
 * @param <A> an answer
 */
public final class RequestTopic<Q, A> implements AutoCloseable {
    private final Optional<String> source;
    private final RequestKind<Q, A> kind;
    private final Supplier<TopicTail> opened;
    private final BooleanSupplier begun;
    private @Nullable TopicTail tail;
    private final Map<String, Q> asked = new LinkedHashMap<>();
    private final Map<String, Q> open = new LinkedHashMap<>();
    private final Map<String, A> answers = new HashMap<>();

    /** Readers see a committed answer a moment later than its commit, so the topic alone may still say that it is open. */
    private final Set<String> answered = new HashSet<>();

    /** Reads what one source is asked for, from the topic's beginning; it must exist. */
    public RequestTopic(KafkaClients clients, TopicNames names, String source, RequestKind<Q, A> kind) {
        this(clients, names, Optional.of(source), kind, () -> true);
    }

    /**
     * The same for one who is seldom asked: no reader is made before the first request of all, since to make one takes a
     * good part of the time until a capture's first row.
     *
     * @param admin stays open as long as this
     */
    public RequestTopic(KafkaClients clients, Admin admin, TopicNames names, String source, RequestKind<Q, A> kind) {
        this(clients, names, Optional.of(source), kind, () -> TopicTail.end(admin, names.requests()) > 0);
    }

    /** The same for every source. */
    public RequestTopic(KafkaClients clients, TopicNames names, RequestKind<Q, A> kind) {
        this(clients, names, Optional.empty(), kind, () -> true);
    }

    /** @param begun whether anything was ever asked */
    private RequestTopic(
            KafkaClients clients,
            TopicNames names,
            Optional<String> source,
            RequestKind<Q, A> kind,
            BooleanSupplier begun) {
        this.source = source;
        this.kind = kind;
        this.begun = begun;
        this.opened = () -> new TopicTail(clients, names.requests());
    }

    /** Reads what has come since the last call. @throws io.vaultline.error.PipelineException if Kafka does not answer */
    public void refresh() {
        TopicTail reader = tail;
        if (reader == null) {
            if (!begun.getAsBoolean()) {
                return;
            }
            reader = opened.get();
            tail = reader;
        }
        take(reader);
    }

    private void take(TopicTail reader) {
        reader.readToEnd().forEach(entry -> {
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
        if (tail != null) {
            tail.close();
        }
    }
}
