package io.vaultline.clickhouse.load;

/**
 * How far a loader has come since it was started.
 *
 * @param changes source changes loaded
 * @param rows vault rows inserted, repeated ones included
 * @param batches batches inserted and committed
 * @param inHand source changes that were read and are not inserted yet
 * @param newestCommitMicros commit time of the newest change loaded, microseconds since the epoch; 0 before the first
 */
public record LoadMetrics(long changes, long rows, long batches, long inHand, long newestCommitMicros) {
    static final LoadMetrics NONE = new LoadMetrics(0, 0, 0, 0, 0);

    LoadMetrics holding(Batch batch) {
        return new LoadMetrics(changes, rows, batches, batch.changes(), newestCommitMicros);
    }

    LoadMetrics plus(Batch batch) {
        return new LoadMetrics(
                changes + batch.changes(),
                rows + batch.rows(),
                batches + 1,
                0,
                Math.max(newestCommitMicros, batch.newestCommitMicros()));
    }
}
