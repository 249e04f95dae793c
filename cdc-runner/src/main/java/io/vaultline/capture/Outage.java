package io.vaultline.capture;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a capture waits for: its source, for some minutes, or Kafka, for as long as it takes, since the source keeps what
 * follows. Begun by one thread, ended and asked by any.
 */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final Duration SOURCE_LIMIT = Duration.ofMinutes(10);

    private final String service;
    private final LongSupplier nanos;
    private volatile @Nullable Away away;

    Outage(String service) {
        this(service, System::nanoTime);
    }

    /** @param nanos the time, in nanoseconds from any moment on */
    Outage(String service, LongSupplier nanos) {
        this.service = service;
        this.nanos = nanos;
    }

    private record Away(ErrorCode code, long sinceNanos) {

        String whom() {
            return code == ErrorCode.KAFKA_UNREACHABLE ? "Kafka" : "the source";
        }
    }

    /** Whether the failure is an outage that is waited for. The first time it is said in the log. */
    boolean isBorne(PipelineException failure) {
        ErrorCode code = failure.code();
        if (code != ErrorCode.SOURCE_UNREACHABLE && code != ErrorCode.KAFKA_UNREACHABLE) {
            return false;
        }
        Away before = away;
        if (before == null || before.code() != code) {
            Away now = new Away(code, nanos.getAsLong());
            away = now;
            LOG.warn("{} waits for {}, {}: {}", service, now.whom(), limit(code), failure.what());
            return true;
        }
        return code == ErrorCode.KAFKA_UNREACHABLE || time(before).compareTo(SOURCE_LIMIT) < 0;
    }

    private Duration time(Away since) {
        return Duration.ofNanos(nanos.getAsLong() - since.sinceNanos());
    }

    private static String limit(ErrorCode code) {
        return code == ErrorCode.KAFKA_UNREACHABLE
                ? "as long as it takes; the source keeps what follows"
                : SOURCE_LIMIT.toMinutes() + " minutes at most";
    }

    /** Kafka answers. */
    void kafkaAnswers() {
        Away now = away;
        if (now != null && now.code() == ErrorCode.KAFKA_UNREACHABLE) {
            over();
        }
    }

    /** Changes flow. */
    void over() {
        Away before = away;
        if (before != null) {
            away = null;
            LOG.info(
                    "{} goes on after it waited {} s for {}",
                    service,
                    time(before).toSeconds(),
                    before.whom());
        }
    }

    /** What is waited for, and for how long already; nothing while all is there. */
    Optional<String> waiting() {
        return Optional.ofNullable(away)
                .map(now -> "waits for " + now.whom() + ", for " + time(now).toSeconds() + " s now");
    }
}
