package io.vaultline.capture.output;

import java.time.Duration;

/** When changes on their way into Kafka are made durable: how many of them, or for how long, one Kafka transaction gathers. */
public final class CommitPace {
    private static final int SNAPSHOT_ROWS = 20_000;
    private static final Duration SNAPSHOT_TIME = Duration.ofSeconds(1);
    private static final Duration STREAM_TIME = Duration.ofMillis(200);

    /**
     * How long after a Kafka transaction changes are gathered for the next one. The coordinator still writes the markers of
     * the last one, and a producer that comes before they are written tries again after 20 ms.
     */
    private static final long REST_NANOS = Duration.ofMillis(5).toNanos();

    private final ChangeWriter writer;
    private final long changes;
    private final long nanos;
    private long begunNanos = System.nanoTime();

    private CommitPace(ChangeWriter writer, long changes, Duration time) {
        this.writer = writer;
        this.changes = changes;
        this.nanos = time.toNanos();
    }

    /** About a second's rows. */
    public static CommitPace ofSnapshot(ChangeWriter writer) {
        return new CommitPace(writer, SNAPSHOT_ROWS, SNAPSHOT_TIME);
    }

    /**
     * What comes within a fifth of a second, as long as more comes.
     *
     * @param changes with so many no more are gathered
     */
    public static CommitPace ofStream(ChangeWriter writer, long changes) {
        return new CommitPace(writer, changes, STREAM_TIME);
    }

    /** From now on changes are gathered for the next Kafka transaction. */
    public void begin() {
        begunNanos = System.nanoTime();
    }

    /** Whether enough was gathered. */
    public boolean isDue() {
        return writer.pending() >= changes || System.nanoTime() - begunNanos >= nanos;
    }

    /** How long more changes should be waited for, since the next Kafka transaction should not end yet. */
    public Duration rest() {
        return Duration.ofNanos(Math.max(0, REST_NANOS - (System.nanoTime() - writer.endedNanos())));
    }
}
