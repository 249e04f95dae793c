package io.vaultline.iceberg;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Decides whether a failure is worth another attempt, and when. Everything starts anew from the tables' marks then. */
final class Outage {
    private static final Set<ErrorCode> PASSING = EnumSet.of(ErrorCode.LAKE_UNREACHABLE, ErrorCode.KAFKA_UNREACHABLE);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    private final Duration patience;
    private long beganNanos;
    private long failedNanos;
    private int failures;

    /** @param patience how long failures may go on */
    Outage(Duration patience) {
        this.patience = patience;
    }

    /** How long to wait before the next attempt; nothing if there is to be none. */
    Optional<Duration> pauseAfter(PipelineException failure, long nowNanos) {
        if (!PASSING.contains(failure.code())) {
            return Optional.empty();
        }
        if (failures > 0 && nowNanos - failedNanos > patience.toNanos()) {
            // that was another one, long ago
            failures = 0;
        }
        if (failures == 0) {
            beganNanos = nowNanos;
        }
        failures++;
        failedNanos = nowNanos;
        if (nowNanos - beganNanos > patience.toNanos()) {
            return Optional.empty();
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
        return Optional.of(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }

    /** Something was committed: the outage, if there was one, is over. */
    void end() {
        failures = 0;
    }
}
