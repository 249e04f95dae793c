package io.vaultline.letter;

import java.util.Objects;

/** Where a change stands among the changes of its collection; orders the changes of one row. */
public record KafkaPlace(String topic, int partition, long offset) {
    public KafkaPlace {
        Objects.requireNonNull(topic, "topic");
    }

    @Override
    public String toString() {
        return "topic " + topic + ", partition " + partition + ", offset " + offset;
    }
}
