package io.vaultline.service;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The meters of one process: those of its services and those of its JVM. */
public final class PipelineMetrics implements AutoCloseable {
    /**
     * How far a service has come.
     *
     * @param changes source changes made durable since the process's start
     * @param lagSeconds from the last durable change's commit in the source until it was durable
     */
    public record Progress(Role role, String service, long changes, double lagSeconds) {}

    /**
     * How far the snapshot of a table is.
     *
     * @param estimatedRows how many rows the table is thought to have
     * @param share what is done, 0 to 1; NaN where nobody knows
     * @param remainingSeconds until it is done if it goes on so; NaN where nobody knows
     */
    public record Snapshot(
            String service,
            String table,
            long rows,
            long estimatedRows,
            double rowsPerSecond,
            double share,
            double remainingSeconds) {}

    /** How the names of the meters of a source's log begin. */
    private static final String SLOT = "vaultline.slot.";

    private static final String OPLOG = "vaultline.oplog.";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();

    public PipelineMetrics() {
        gc.bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** Registers whether each service is ready, and the meters of those that have some. */
    public void bind(Collection<Service> services) {
        for (Service service : services) {
            Gauge.builder("vaultline.ready", service, s -> s.ready() ? 1 : 0)
                    .description("1 while the service does its work, else 0")
                    .tag(RoleProgress.SERVICE_TAG, service.name())
                    .register(registry);
            if (service instanceof MetricsSource source) {
                source.bindTo(registry);
            }
        }
    }

    /** How far each service has come, by role and name. */
    public List<Progress> progress() {
        return registry.find(RoleProgress.CHANGES).functionCounters().stream()
                .map(this::progress)
                .sorted(Comparator.comparing(Progress::role).thenComparing(Progress::service))
                .toList();
    }

    /** How far the tables are that are read now, by service and name. */
    public List<Snapshot> snapshots() {
        return registry.find(SnapshotProgress.ROWS).functionCounters().stream()
                .map(this::snapshot)
                .sorted(Comparator.comparing(Snapshot::service).thenComparing(Snapshot::table))
                .toList();
    }

    private Snapshot snapshot(FunctionCounter rows) {
        String service = String.valueOf(rows.getId().getTag(RoleProgress.SERVICE_TAG));
        String table = String.valueOf(rows.getId().getTag(SnapshotProgress.TABLE_TAG));
        Tags tags = Tags.of(RoleProgress.SERVICE_TAG, service, SnapshotProgress.TABLE_TAG, table);
        return new Snapshot(
                service,
                table,
                (long) rows.count(),
                (long) gauge(SnapshotProgress.ESTIMATED, tags),
                gauge(SnapshotProgress.RATE, tags),
                gauge(SnapshotProgress.SHARE, tags),
                gauge(SnapshotProgress.REMAINING, tags));
    }

    /** What is measured of the sources' logs, by service and by the meter's name without its first word. */
    public Map<String, Map<String, Double>> logs() {
        Map<String, Map<String, Double>> logs = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            String name = meter.getId().getName();
            if (meter instanceof Gauge gauge && (name.startsWith(SLOT) || name.startsWith(OPLOG))) {
                logs.computeIfAbsent(
                                String.valueOf(meter.getId().getTag(RoleProgress.SERVICE_TAG)),
                                service -> new TreeMap<>())
                        .put(name.substring(name.indexOf('.') + 1), gauge.value());
            }
        }
        return logs;
    }

    /** A meter may have gone meanwhile. */
    private double gauge(String name, Tags tags) {
        Gauge gauge = registry.find(name).tags(tags).gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }

    /** All meters in Prometheus's text format. */
    public String scrape() {
        return registry.scrape();
    }

    private Progress progress(FunctionCounter changes) {
        String label = String.valueOf(changes.getId().getTag(RoleProgress.ROLE_TAG));
        String service = String.valueOf(changes.getId().getTag(RoleProgress.SERVICE_TAG));
        Gauge lag = registry.get(RoleProgress.LAG)
                .tags(RoleProgress.ROLE_TAG, label, RoleProgress.SERVICE_TAG, service)
                .gauge();
        return new Progress(Role.valueOf(label.toUpperCase(Locale.ROOT)), service, (long) changes.count(), lag.value());
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
