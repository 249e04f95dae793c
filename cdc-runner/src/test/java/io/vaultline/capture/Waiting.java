package io.vaultline.capture;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for what a capture brings about; not so often that the asking slows it down. */
final class Waiting {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private Waiting() {}

    /** For what passes by. */
    static void often(Callable<Boolean> condition) {
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(condition);
    }

    static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(LIMIT).pollInterval(INTERVAL).until(condition);
    }
}
