package io.vaultline.clickhouse.load;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Turns whatever ends a loader into the failure that a person gets to see. */
final class Failures {
    private Failures() {}

    /** The pipeline's own failure where there is one behind it, else what it most likely means. */
    static PipelineException of(RuntimeException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PipelineException known) {
                return known;
            }
        }
        if (failure instanceof KafkaException) {
            return new PipelineException(
                    ErrorCode.KAFKA_REFUSES,
                    "The loader can't read from Kafka: " + failure.getMessage(),
                    "load",
                    "Look into the brokers' logs; check the rights of the pipeline's Kafka user.",
                    failure);
        }
        return internal(failure);
    }

    static PipelineException internal(Throwable failure) {
        return new PipelineException(
                ErrorCode.INTERNAL,
                "The loader stopped: " + failure.getClass().getSimpleName(),
                "load",
                "Start again; nothing is lost. If it comes back, report it with the log.",
                failure);
    }
}
