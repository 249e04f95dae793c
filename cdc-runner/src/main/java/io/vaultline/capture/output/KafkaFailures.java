package io.vaultline.capture.output;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.kafka.KafkaClients;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Says what a Kafka client's exception means for capture. */
final class KafkaFailures {
    /** What a client says that can't be made while names are not resolved. */
    private static final String NO_ADDRESS = "No resolvable bootstrap";

    private static final int DEPTH = 10;

    /** What to do where two captures of one source meet. */
    static final String ONE_CAPTURE = "Run one capture of a source; give a second pipeline another name.";

    private KafkaFailures() {}

    static PipelineException of(Throwable failure, String where) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEPTH; depth++, cause = cause.getCause()) {
            if (cause instanceof PipelineException known) {
                return known;
            } else if (isFenced(cause)) {
                return fenced(where, failure);
            } else if (cause instanceof AuthorizationException || cause instanceof AuthenticationException) {
                return refused(cause, where);
            } else if (cause instanceof RecordTooLargeException) {
                return tooLarge(where, failure);
            } else if (lasts(cause)) {
                return refuses(cause, where);
            } else if (cause instanceof InterruptedException || cause instanceof InterruptException) {
                return interrupted(failure);
            }
        }
        return new PipelineException(
                ErrorCode.KAFKA_UNREACHABLE,
                "Kafka did not take what was captured: " + reason(failure),
                where,
                "Check that the brokers run and can be reached; then start again: capture resumes where it stopped.",
                failure);
    }

    /** The first cause's words; those of the others say only that something went wrong before. */
    private static String reason(Throwable failure) {
        Throwable first = failure;
        for (int depth = 0; first.getCause() != null && depth < DEPTH; depth++) {
            first = first.getCause();
        }
        return first.getClass().getSimpleName() + ": " + first.getMessage();
    }

    /** A commit that comes while the successor's take-over ends its transaction is refused as one in an invalid state. */
    private static boolean isFenced(Throwable cause) {
        return cause instanceof ProducerFencedException
                || cause instanceof InvalidProducerEpochException
                || cause instanceof InvalidTxnStateException;
    }

    /** Whether it is no outage, which ends, but something that a person must see to. */
    private static boolean lasts(Throwable cause) {
        return cause instanceof UnsupportedVersionException
                || cause instanceof InvalidTopicException
                || cause instanceof InvalidTxnTimeoutException
                || cause instanceof PolicyViolationException
                || (cause instanceof ConfigException
                        && !String.valueOf(cause.getMessage()).contains(NO_ADDRESS));
    }

    private static PipelineException refuses(Throwable cause, String where) {
        return new PipelineException(
                ErrorCode.KAFKA_REFUSES,
                "Kafka can't be used so: " + cause.getMessage(),
                where,
                "Correct the settings in kafka.client, or those of the brokers; preflight names more.",
                cause);
    }

    static PipelineException interrupted(Throwable cause) {
        Thread.currentThread().interrupt();
        return new PipelineException(
                ErrorCode.INTERNAL, "Capture was stopped while it waited for Kafka", "Kafka", "Start again.", cause);
    }

    /** A broker gives a transaction up that lasts too long, and then refuses its producer like one that was replaced. */
    static PipelineException tooLong(String where, Throwable cause) {
        return new PipelineException(
                ErrorCode.KAFKA_REFUSES,
                "A collection could not be read within the longest time of a Kafka transaction, a quarter of an hour",
                where,
                "Exclude the collection that the log names last, or capture it while Kafka and the source are idle.",
                cause);
    }

    private static PipelineException fenced(String where, Throwable cause) {
        return new PipelineException(
                ErrorCode.CAPTURE_FENCED,
                "Another capture of the same pipeline and source was started, and took over",
                where,
                ONE_CAPTURE,
                cause);
    }

    private static PipelineException refused(Throwable cause, String where) {
        return new PipelineException(
                ErrorCode.KAFKA_REFUSES,
                "Kafka refuses: " + cause.getMessage(),
                where,
                "Grant the pipeline's Kafka user read, write and create on its topics, and its transactional id.",
                cause);
    }

    private static PipelineException tooLarge(String where, Throwable cause) {
        return new PipelineException(
                ErrorCode.VALUE_OUT_OF_RANGE,
                "Kafka refuses a record as too large",
                where,
                "Raise max.message.bytes of the topic to " + KafkaClients.MAX_REQUEST_BYTES
                        + " (preflight has the command line), then start again.",
                cause);
    }
}
