package io.vaultline.capture.mongo;

import io.vaultline.event.CollectionId;
import io.vaultline.service.SnapshotProgress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says how far a collection's snapshot is: rows, rows per second, and about how long it will take. */
final class LoadProgress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadProgress.class);
    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();
    private static final double NANOS = 1e9;

    private final CollectionId id;
    private final long expected;
    private final SnapshotProgress.Table shown;
    private final long begunNanos = System.nanoTime();
    private long saidNanos = begunNanos;
    private long rows;

    /**
     * @param expected about how many documents there are
     * @param shown closed with this
     */
    LoadProgress(CollectionId id, long expected, SnapshotProgress.Table shown) {
        this.id = id;
        this.expected = expected;
        this.shown = shown;
        shown.reading();
    }

    long rows() {
        return rows;
    }

    long expected() {
        return expected;
    }

    void add(long more) {
        rows += more;
        shown.rows(more);
    }

    /** Writes a line to the log, now and then and at the end. */
    void say(boolean complete) {
        long now = System.nanoTime();
        double seconds = Math.max((now - begunNanos) / NANOS, 1e-3);
        long rate = Math.round(rows / seconds);
        if (complete) {
            shown.parts(1);
            LOG.info("Snapshot of {}: {} documents in {} s, {} a second", id, rows, Math.round(seconds), rate);
        } else if (now - saidNanos >= INTERVAL_NANOS) {
            saidNanos = now;
            long left = rate == 0 ? 0 : Math.max(0, expected - rows) / rate;
            LOG.info(
                    "Snapshot of {}: {} of about {} documents, {} a second, about {} s left",
                    id,
                    rows,
                    expected,
                    rate,
                    left);
        }
    }

    /** It is no longer read. */
    @Override
    public void close() {
        shown.close();
    }
}
