package io.vaultline.service;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How far one service has come: counted by its threads, read by the metrics, the status page and the progress line.
 *
 * <p>A service holds one of these, calls {@link #committed} after each durable step, and implements {@link
 * MetricsSource} by {@link #bindTo}.
 */
public final class RoleProgress implements MetricsSource {
    /** Counter: changes made durable. */
    public static final String CHANGES = "vaultline.changes";

    /** Gauge: seconds between the last durable change's commit in the source and the moment it became durable here. */
    public static final String LAG = "vaultline.lag.seconds";

    /** Gauge: when something was last made durable, in seconds since 1970; 0 before the first time. */
    public static final String LAST_COMMIT = "vaultline.last.commit.timestamp.seconds";

    /** Tag: the label of the {@link Role}. */
    public static final String ROLE_TAG = "role";

    /** Tag: the service's name, such as {@code load} or {@code capture-pg}. */
    public static final String SERVICE_TAG = "service";

    private static final double MICROS_PER_SECOND = 1e6;

    private final Tags tags;
    private final LongSupplier nowMicros;
    private final LongAdder changes = new LongAdder();
    private final AtomicLong lagMicros = new AtomicLong();
    private final AtomicLong lastCommitMicros = new AtomicLong();

    /** Progress of a service, timed by the system clock. */
    public RoleProgress(Role role, String service) {
        this(role, service, () -> Math.multiplyExact(System.currentTimeMillis(), 1_000L));
    }

    RoleProgress(Role role, String service, LongSupplier nowMicros) {
        this.tags = Tags.of(ROLE_TAG, role.label(), SERVICE_TAG, service);
        this.nowMicros = nowMicros;
    }

    /**
     * Says that changes became durable in the target just now.
     *
     * @param count how many source changes, 0 or more
     * @param newestMicros when the newest of them was committed in the source, in microseconds since 1970
     */
    public void committed(long count, long newestMicros) {
        long now = nowMicros.getAsLong();
        changes.add(count);
        lagMicros.set(Math.max(0, now - newestMicros));
        lastCommitMicros.set(now);
    }

    /** Changes made durable since the start. */
    public long changes() {
        return changes.sum();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder(CHANGES, changes, LongAdder::sum)
                .description("Source changes made durable")
                .tags(tags)
                .register(registry);
        Gauge.builder(LAG, lagMicros, RoleProgress::seconds)
                .description(
                        "Seconds from a change's commit in the source until it was durable here, for the last change")
                .tags(tags)
                .register(registry);
        Gauge.builder(LAST_COMMIT, lastCommitMicros, RoleProgress::seconds)
                .description("When something was last made durable, in seconds since 1970")
                .tags(tags)
                .register(registry);
    }

    private static double seconds(AtomicLong micros) {
        return micros.get() / MICROS_PER_SECOND;
    }
}
