package io.vaultline.capture.output;

import io.vaultline.codec.ChangeSchema;
import io.vaultline.kafka.RecordLimit;

/** A published shape's schema, and what the topic of its collection takes. */
public record CaptureTopic(ChangeSchema schema, RecordLimit limit) {
    String name() {
        return limit.topic();
    }
}
