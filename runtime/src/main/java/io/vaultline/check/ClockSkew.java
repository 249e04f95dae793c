package io.vaultline.check;

import java.time.Duration;
import java.time.Instant;

/** Compares another machine's clock with ours. */
public final class ClockSkew {
    /** Beyond it, lag in seconds and retention by time mislead. */
    private static final Duration TOLERATED = Duration.ofSeconds(5);

    private ClockSkew() {}

    /**
     * Warns if the clocks differ by more than seconds.
     *
     * @param before ours, just before the other was asked
     * @param other the other's answer
     * @param after ours, just after the answer came
     */
    public static void check(Findings findings, Instant before, Instant other, Instant after) {
        Duration early = Duration.between(other, before);
        Duration late = Duration.between(after, other);
        Duration off = early.compareTo(late) > 0 ? early : late;
        if (off.compareTo(TOLERATED) > 0) {
            findings.warning(
                    "Its clock is " + off.toSeconds() + " s " + (early.compareTo(late) > 0 ? "behind" : "ahead of")
                            + " ours",
                    Fix.advice("Keep both machines' clocks by NTP: chronyc tracking shows how far they are off."));
        }
    }
}
