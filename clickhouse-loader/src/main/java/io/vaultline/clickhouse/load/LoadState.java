package io.vaultline.clickhouse.load;

import io.vaultline.service.Role;
import io.vaultline.service.RoleProgress;
import java.time.Duration;

/** What a loader's thread and those who watch it tell each other. */
final class LoadState {
    private final RoleProgress progress;
    private volatile boolean stopping;
    private volatile boolean working;
    private volatile LoadMetrics metrics = LoadMetrics.NONE;
    private volatile Duration batchWait = Duration.ZERO;

    LoadState(String service) {
        this.progress = new RoleProgress(Role.LOAD, service);
    }

    RoleProgress progress() {
        return progress;
    }

    LoadMetrics metrics() {
        return metrics;
    }

    void stop() {
        stopping = true;
    }

    boolean stopping() {
        return stopping;
    }

    /** Whether changes were polled for, and the thread still runs. */
    boolean working() {
        return working;
    }

    /** @param batch what is in hand after the poll */
    void polled(Batch batch) {
        working = true;
        metrics = metrics.holding(batch);
    }

    /** @param patience how long a batch waits for more changes from now on */
    void paced(Duration patience) {
        batchWait = patience;
    }

    /** How long a batch waits for more changes; zero before the first. */
    Duration batchWait() {
        return batchWait;
    }

    void ended() {
        working = false;
    }

    void loaded(Batch batch) {
        metrics = metrics.plus(batch);
        progress.committed(batch.changes(), batch.newestCommitMicros());
    }
}
