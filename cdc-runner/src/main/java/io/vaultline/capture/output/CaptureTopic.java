package io.vaultline.capture.output;

import io.vaultline.codec.ChangeSchema;

/** A published shape's schema, and the topic of its collection. */
public record CaptureTopic(ChangeSchema schema, String topic) {}
