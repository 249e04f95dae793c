package io.vaultline.verification;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks again and again until something has come, and gives up when time is over or nothing moves any more. */
final class Patience {
    private static final Duration BETWEEN = Duration.ofMillis(100);

    /**
     * What is still missing.
     *
     * @param reason for people; empty when nothing is missing
     * @param sign anything that changes as long as somebody works on it
     */
    record Missing(String reason, Object sign) {
        Missing {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(sign, "sign");
        }

        static Missing nothing() {
            return new Missing("", List.of());
        }
    }

    /** How long to wait at most, and how long while nothing moves. */
    record Limits(Duration inAll, Duration unmoved) {}

    private final Limits limits;
    private final VerificationListener listener;
    private final long deadline;

    Patience(Limits limits, VerificationListener listener) {
        this.limits = limits;
        this.listener = listener;
        this.deadline = System.nanoTime() + limits.inAll().toNanos();
    }

    /** How waiting ended. */
    enum Outcome {
        /** Nothing is missing. */
        COMPLETE,
        /** Something is missing, and nobody works on it. */
        STANDSTILL
    }

    /** Returns when nothing is missing. @throws PipelineException with {@code PIPELINE_BEHIND} if that does not come */
    void await(Supplier<Missing> question) {
        if (awaitOrStandstill(question) == Outcome.STANDSTILL) {
            throw standstill(question.get().reason());
        }
    }

    /** The same, but says so when nothing moves. @throws PipelineException with {@code PIPELINE_BEHIND} if it's late */
    Outcome awaitOrStandstill(Supplier<Missing> question) {
        @Nullable Object sign = null;
        long moved = System.nanoTime();
        for (Missing missing = question.get(); !missing.reason().isEmpty(); missing = question.get()) {
            listener.waiting(missing.reason());
            if (!missing.sign().equals(sign)) {
                sign = missing.sign();
                moved = System.nanoTime();
            }
            if (System.nanoTime() - moved > limits.unmoved().toNanos()) {
                return Outcome.STANDSTILL;
            }
            if (System.nanoTime() > deadline) {
                throw late(missing.reason());
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw late("interrupted while " + missing.reason());
            }
        }
        return Outcome.COMPLETE;
    }

    /** What to throw when something is missing and nobody works on it. */
    PipelineException standstill(String reason) {
        return new PipelineException(
                ErrorCode.PIPELINE_BEHIND,
                "Nothing has moved for " + limits.unmoved().toSeconds() + " s; no pipeline seems to run",
                reason,
                "Start the pipeline with the same configuration (run --config FILE), then verify again.");
    }

    private PipelineException late(String reason) {
        return new PipelineException(
                ErrorCode.PIPELINE_BEHIND,
                "The pipeline did not catch up within " + limits.inAll().toSeconds() + " s",
                reason,
                "Wait until it has caught up (its status page says how far it is), or allow more time with --timeout.");
    }
}
