package io.vaultline.capture.resnapshot;

import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.TopicTail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The requests of one source and their newest answers. Used by one thread at a time. */
public final class ResnapshotTopic implements AutoCloseable {
    private final String source;
    private final TopicTail tail;
    private final Map<String, ResnapshotRequest> open = new LinkedHashMap<>();
    private final Map<String, ResnapshotAnswer> answers = new LinkedHashMap<>();

    /** Reads from the topic's beginning; it must exist. */
    public ResnapshotTopic(KafkaClients clients, TopicNames names, String source) {
        this.source = source;
        this.tail = new TopicTail(clients, names.requests());
    }

    /** Reads what has come since the last call. @throws io.vaultline.error.PipelineException if Kafka does not answer */
    public void refresh() {
        tail.readToEnd().forEach(entry -> {
            if (entry.key() != null && entry.value() != null) {
                ResnapshotCodec.read(source, entry.key(), entry.value(), new Reader());
            }
        });
        open.keySet()
                .removeIf(id ->
                        answer(id).filter(answer -> answer.status().isFinal()).isPresent());
    }

    /** The requests that are not done, oldest first. */
    public List<ResnapshotRequest> open() {
        return List.copyOf(open.values());
    }

    /** The newest answer to a request. */
    public Optional<ResnapshotAnswer> answer(String id) {
        return Optional.ofNullable(answers.get(id));
    }

    private final class Reader implements ResnapshotCodec.Reader {
        @Override
        public void request(ResnapshotRequest request) {
            open.put(request.id(), request);
        }

        @Override
        public void answer(String id, ResnapshotAnswer answer) {
            answers.put(id, answer);
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
