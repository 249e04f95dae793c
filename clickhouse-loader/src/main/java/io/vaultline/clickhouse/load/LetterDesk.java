package io.vaultline.clickhouse.load;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.RequestTopic;
import io.vaultline.kafka.TopicNames;
import io.vaultline.letter.LetterAnswer;
import io.vaultline.letter.LetterRequest;
import io.vaultline.letter.RequestCodec;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears what people ask about the loaders' dead letters. For one thread. */
final class LetterDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LetterDesk.class);
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    private final String role;
    private final RequestTopic<LetterRequest, LetterAnswer> requests;
    private long nextLook = System.nanoTime();

    LetterDesk(KafkaClients clients, TopicNames names, String role) {
        this.role = role;
        this.requests = new RequestTopic<>(clients, names, RequestCodec.KIND);
    }

    /** The requests that this loader has to carry out, at most once a second. */
    List<LetterRequest> look(Set<TopicPartition> owned) {
        if (System.nanoTime() - nextLook < 0) {
            return List.of();
        }
        nextLook = System.nanoTime() + LOOK_NANOS;
        try {
            requests.refresh();
        } catch (PipelineException e) {
            if (e.code() != ErrorCode.KAFKA_UNREACHABLE) {
                throw e;
            }
            LOG.debug("Requests can't be read now", e);
            return List.of();
        }
        Set<String> names = owned.stream().map(TopicPartition::toString).collect(Collectors.toSet());
        return requests.open().stream()
                .filter(request -> request.role().equals(role))
                .filter(request -> request.partition().filter(names::contains).isPresent())
                .toList();
    }

    /** A request that is answered, durably. */
    void answered(LetterRequest request, LetterAnswer answer) {
        requests.answered(request.id());
        LOG.info(
                "Dead letters: {} {}; {} changes delivered, {} wait on",
                request.action(),
                answer.done() ? "done" : "refused",
                answer.delivered(),
                answer.waiting());
    }

    @Override
    public void close() {
        requests.close();
    }
}
