package io.vaultline.clickhouse.load;

/** Named places at which a test ends the loader as a crash would. */
@FunctionalInterface
public interface CrashPoint {
    /** Does nothing: what a pipeline runs with. */
    CrashPoint NONE = place -> {};

    /** Where a crash is worth a test. */
    enum Place {
        /** It is durable what a batch is made of, nothing of it is in ClickHouse. */
        PLANNED,
        /** A batch is in ClickHouse, its offsets are not committed. */
        INSERTED_NOT_COMMITTED,
        /** Some tables have a batch's rows, others not yet. */
        HALF_INSERTED,
        /** Dead letters were loaded as somebody asked for, but nothing says so yet. */
        DELIVERED_NOT_COMMITTED
    }

    /** Called at each place, each time; whatever it throws ends the loader without another commit. */
    void reach(Place place);
}
