package io.vaultline.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process when stopping takes too long: what was not finished is done anew by the next start. */
final class DrainLimit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DrainLimit.class);

    private final CountDownLatch drained = new CountDownLatch(1);

    DrainLimit(Duration limit) {
        Thread watch = new Thread(() -> watch(limit), "drain-limit");
        watch.setDaemon(true);
        watch.start();
    }

    private void watch(Duration limit) {
        try {
            if (!drained.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.error(
                        "Not drained after {} s; ending. The next start goes on from the last commit.",
                        limit.toSeconds());
                Runtime.getRuntime().halt(ExitCodes.FAILED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        drained.countDown();
    }
}
