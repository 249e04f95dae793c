package io.vaultline.capture.mongo;

import io.vaultline.capture.output.ChangeWriter;
import java.time.Duration;

/** When documents on their way into Kafka are made durable: about a second's at a time. For one thread. */
final class CommitPace {
    private static final int ROWS = 20_000;
    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    private final ChangeWriter writer;
    private long committedNanos = System.nanoTime();

    CommitPace(ChangeWriter writer) {
        this.writer = writer;
    }

    boolean isDue() {
        return writer.pending() >= ROWS || System.nanoTime() - committedNanos >= NANOS;
    }

    void committed() {
        committedNanos = System.nanoTime();
    }
}
