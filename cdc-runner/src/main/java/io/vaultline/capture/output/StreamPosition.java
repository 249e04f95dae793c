package io.vaultline.capture.output;

import io.vaultline.event.CommitOrder;
import java.util.Map;
import java.util.Objects;

/**
 * How far a source's stream is durable in Kafka.
 *
 * @param order the newest durable change; what comes again at or below it is a repetition
 * @param offset where the source's connector resumes: numbers and strings, as it names them
 */
public record StreamPosition(CommitOrder order, Map<String, Object> offset) {
    public StreamPosition {
        Objects.requireNonNull(order, "order");
        offset = Map.copyOf(offset);
    }
}
