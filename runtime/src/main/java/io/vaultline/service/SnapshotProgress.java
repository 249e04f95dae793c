package io.vaultline.service;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How far the snapshots of one service's tables are. The meters of a table are there while it is read.
 *
 * <p>Rows are estimated before they are read, and estimates can be wrong. So the share that is done is that of the parts
 * a table was cut into; of a table that is one part, that of the estimated rows, until they are more than estimated: then
 * nobody knows.
 */
public final class SnapshotProgress implements MetricsSource {
    /** Counter: rows of the snapshot made durable. */
    public static final String ROWS = "vaultline.snapshot.rows";

    /** Gauge: how many rows the table is thought to have. */
    public static final String ESTIMATED = "vaultline.snapshot.rows.estimated";

    /** Gauge: rows a second since the table's first. */
    public static final String RATE = "vaultline.snapshot.rows.per.second";

    /** Gauge: what is done of the table, 0 to 1; NaN where nobody knows. */
    public static final String SHARE = "vaultline.snapshot.share";

    /** Gauge: seconds until the table is done if it goes on so; NaN where nobody knows. */
    public static final String REMAINING = "vaultline.snapshot.remaining.seconds";

    /** Tag: the table's name. */
    public static final String TABLE_TAG = "table";

    private static final double NANOS = 1e9;

    private final String service;
    private final LongSupplier nanoTime;
    private @Nullable MeterRegistry registry;

    /** @param service the service's name, such as {@code capture-pg} */
    public SnapshotProgress(String service) {
        this(service, System::nanoTime);
    }

    SnapshotProgress(String service, LongSupplier nanoTime) {
        this.service = service;
        this.nanoTime = nanoTime;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        registry = meters;
    }

    /**
     * Begins to show a table.
     *
     * @param estimatedRows how many rows will be read, if the estimate is right
     * @param parts how many parts will be read, 1 or more
     */
    public Table begin(String table, long estimatedRows, int parts) {
        Table begun = new Table(estimatedRows, parts);
        if (registry != null) {
            begun.bind(registry, Tags.of(RoleProgress.SERVICE_TAG, service, TABLE_TAG, table));
        }
        return begun;
    }

    /** One table, until it is closed. Safe for several threads. */
    public final class Table implements AutoCloseable {
        private final long estimatedRows;
        private final int parts;
        private final LongAdder rows = new LongAdder();
        private final LongAdder done = new LongAdder();
        private final AtomicLong begunNanos = new AtomicLong();
        private final List<Meter> meters = new CopyOnWriteArrayList<>();

        private Table(long estimatedRows, int parts) {
            this.estimatedRows = estimatedRows;
            this.parts = parts;
        }

        private void bind(MeterRegistry to, Tags tags) {
            meters.add(FunctionCounter.builder(ROWS, rows, LongAdder::sum)
                    .description("Rows of the snapshot made durable")
                    .tags(tags)
                    .register(to));
            gauge(to, tags, ESTIMATED, "Rows that the table is thought to have", Table::estimate);
            gauge(to, tags, RATE, "Rows a second", Table::rate);
            gauge(to, tags, SHARE, "What is done of the table, 0 to 1", Table::share);
            gauge(to, tags, REMAINING, "Seconds until the table is done", Table::remaining);
        }

        private void gauge(MeterRegistry to, Tags tags, String name, String what, ToDoubleFunction<Table> value) {
            meters.add(Gauge.builder(name, this, value)
                    .description(what)
                    .tags(tags)
                    .register(to));
        }

        /** A reader begins to read of the table. */
        public void reading() {
            begunNanos.compareAndSet(0, nanoTime.getAsLong());
        }

        /** Rows became durable. */
        public void rows(long count) {
            rows.add(count);
        }

        /** Parts are durable. */
        public void parts(int count) {
            done.add(count);
        }

        /** Rows that are durable. */
        public long rows() {
            return rows.sum();
        }

        /** How many rows the table is thought to have; better known the more of it was read. */
        double estimate() {
            double share = share();
            return parts > 1 && share > 0 ? rows.sum() / share : Math.max(estimatedRows, rows.sum());
        }

        /** What is done, 0 to 1; NaN where nobody knows. */
        double share() {
            if (done.sum() >= parts) {
                return 1;
            } else if (parts > 1) {
                return (double) done.sum() / parts;
            }
            return rows.sum() < estimatedRows ? (double) rows.sum() / estimatedRows : Double.NaN;
        }

        /** Rows a second since the table's first. */
        public double rate() {
            double seconds = seconds();
            return seconds > 0 ? rows.sum() / seconds : 0;
        }

        /** Seconds until the table is done if it goes on so; NaN where nobody knows. */
        double remaining() {
            double share = share();
            return share > 0 ? seconds() * (1 - share) / share : Double.NaN;
        }

        private double seconds() {
            long begun = begunNanos.get();
            return begun == 0 ? 0 : (nanoTime.getAsLong() - begun) / NANOS;
        }

        /** The table is no longer shown. */
        @Override
        public void close() {
            MeterRegistry from = registry;
            if (from != null) {
                meters.forEach(from::remove);
            }
        }
    }
}
