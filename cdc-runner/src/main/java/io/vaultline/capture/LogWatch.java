package io.vaultline.capture;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vaultline.capture.source.LogMeasure;
import io.vaultline.capture.source.LogProbe;
import io.vaultline.capture.source.LogReading;
import io.vaultline.error.PipelineException;
import io.vaultline.service.MetricsSource;
import io.vaultline.service.RoleProgress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures every few seconds how much log a source keeps for its capture, also while the capture waits for Kafka. A limit
 * that is passed is said in the log once, and once when it is kept again.
 */
final class LogWatch implements MetricsSource, AutoCloseable {
    /** Gauge: how many limits are passed. */
    static final String ALERTS = "vaultline.log.alerts";

    private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final long END_SECONDS = 1;

    private final String service;
    private final List<LogMeasure> measured;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(LogWatch::daemon);
    private Optional<ScheduledFuture<?>> task = Optional.empty();
    private volatile LogReading last = new LogReading(Map.of(), Map.of());

    /** @param measured what the source's probe measures */
    LogWatch(String service, List<LogMeasure> measured) {
        this.service = service;
        this.measured = measured;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (LogMeasure measure : measured) {
            Gauge.builder(measure.meter(), this, watch -> watch.value(measure))
                    .description(measure.description())
                    .tag(RoleProgress.SERVICE_TAG, service)
                    .register(registry);
        }
        Gauge.builder(ALERTS, this, watch -> watch.last.alerts().size())
                .description("How many limits of the source's log are passed")
                .tag(RoleProgress.SERVICE_TAG, service)
                .register(registry);
    }

    private double value(LogMeasure measure) {
        return last.measures().getOrDefault(measure, Double.NaN);
    }

    /** The limits that are passed now, each a sentence. */
    List<String> alerts() {
        return List.copyOf(new TreeMap<>(last.alerts()).values());
    }

    /** Begins to look. */
    void start(LogProbe probe) {
        task = Optional.of(
                thread.scheduleWithFixedDelay(() -> guarded(probe), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** What breaks here ends the watch, not the capture. */
    private void guarded(LogProbe probe) {
        try {
            look(probe);
        } catch (RuntimeException e) {
            LOG.error("{}: the source's log is not measured any more; report this", service, e);
            last = new LogReading(Map.of(), Map.of());
            throw e;
        }
    }

    /** Looks once. A source that is away keeps its alerts: nobody knows that they are over. */
    void look(LogProbe probe) {
        try {
            LogReading now = probe.read();
            tell(last.alerts(), now.alerts());
            last = now;
        } catch (PipelineException e) {
            LOG.debug("{}: the source's log can't be looked at now", service, e);
            last = new LogReading(Map.of(), last.alerts());
        }
    }

    private void tell(Map<String, String> before, Map<String, String> now) {
        now.forEach((limit, sentence) -> {
            if (!before.containsKey(limit)) {
                LOG.warn("{}: {} ({}); see docs/operations.md", service, sentence, limit);
            }
        });
        before.forEach((limit, sentence) -> {
            if (!now.containsKey(limit)) {
                LOG.info("{}: {} is kept again", service, limit);
            }
        });
    }

    private static Thread daemon(Runnable work) {
        Thread made = new Thread(work, "log-watch");
        made.setDaemon(true);
        return made;
    }

    @Override
    public void close() {
        task.ifPresent(running -> running.cancel(true));
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("{}: the look at the source's log is left behind", service);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
