package io.vaultline.capture;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.time.Duration;

/** How long a source may be away. Used by one thread, but for {@link #over()}. */
final class Outage {
    private static final long BORNE_NANOS = Duration.ofMinutes(10).toNanos();

    private volatile long since;
    private volatile boolean on;

    /** Whether the failure is an outage that has not lasted too long. */
    boolean isBorne(PipelineException failure) {
        if (failure.code() != ErrorCode.SOURCE_UNREACHABLE) {
            return false;
        }
        if (!on) {
            since = System.nanoTime();
            on = true;
        }
        return System.nanoTime() - since < BORNE_NANOS;
    }

    /** The source is back. */
    void over() {
        on = false;
    }
}
