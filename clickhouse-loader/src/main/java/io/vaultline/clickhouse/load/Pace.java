package io.vaultline.clickhouse.load;

import java.time.Duration;

/**
 * How long a batch waits for more changes. While the server is quick, as long as leaves time to insert it within the
 * target; when inserts take long, since the server has too many parts, delays inserts, or is short of memory, as long as
 * they take, so that it gets fewer and larger inserts and half of the time for itself. For one thread.
 */
final class Pace {
    /** Nobody waits longer for fresh data because of us; a batch that is full is sent anyway. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private final Duration target;
    private Duration took = Duration.ZERO;

    /** @param target within which a change is visible once it was read */
    Pace(Duration target) {
        this.target = target;
    }

    /** An insert took so long, with all that it had to be repeated. One that took less counts less than those before. */
    void inserted(Duration now) {
        took = longer(now, took.plus(now).dividedBy(2));
    }

    /** How long the oldest change of a batch waits. */
    Duration patience() {
        Duration wait = longer(target.minus(took), took);
        return wait.compareTo(LONGEST) > 0 ? longer(LONGEST, target) : wait;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
