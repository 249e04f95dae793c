package io.vaultline.cli;

import io.vaultline.service.PipelineMetrics;
import io.vaultline.service.PipelineMetrics.Progress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs every ten seconds how far the pipeline has come; once a minute while nothing moves. */
final class ProgressLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int QUIET_INTERVALS = 6;
    private static final int MOST_TABLES = 8;

    private final PipelineMetrics metrics;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(ProgressLog::daemon);
    private final ScheduledFuture<?> task;
    private List<Progress> before;
    private int unmoved;

    ProgressLog(PipelineMetrics metrics) {
        this.metrics = metrics;
        this.before = metrics.progress();
        this.task =
                thread.scheduleAtFixedRate(this::tell, INTERVAL.toSeconds(), INTERVAL.toSeconds(), TimeUnit.SECONDS);
    }

    private void tell() {
        List<Progress> now = metrics.progress();
        unmoved = changes(now) == changes(before) ? unmoved + 1 : 0;
        if (unmoved % QUIET_INTERVALS == 0) {
            LOG.info("{}", ProgressText.line(before, now, INTERVAL));
        }
        metrics.snapshots().stream()
                .filter(snapshot -> snapshot.rows() > 0 && snapshot.share() != 1)
                .limit(MOST_TABLES)
                .forEach(snapshot -> LOG.info("{}", ProgressText.line(snapshot)));
        before = now;
    }

    private static long changes(List<Progress> all) {
        return all.stream().mapToLong(Progress::changes).sum();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        task.cancel(false);
        thread.shutdownNow();
    }
}
