package io.vaultline.capture;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.error.PipelineException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A capture in this process. */
final class Running implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CaptureService service;
    private final AtomicReference<PipelineException> failure = new AtomicReference<>();

    private Running(CaptureService service) {
        this.service = service;
    }

    static Running start(PipelineConfig pipeline, SourceConfig source) {
        return start(pipeline, source, new SimpleMeterRegistry());
    }

    /** The same, measured. */
    static Running start(PipelineConfig pipeline, SourceConfig source, MeterRegistry meters) {
        Running running = new Running(new CaptureService(pipeline, source));
        running.service.bindTo(meters);
        running.service.start(running.failure::set);
        return running;
    }

    /** Waits until changes flow. */
    void streaming() {
        Awaitility.await().atMost(LIMIT).until(() -> service.ready() || failure.get() != null);
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    /** Whether changes flow after some time, or before. */
    boolean becomesReadyWithin(Duration time) {
        try {
            Awaitility.await().atMost(time).until(service::ready);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** What it waits for at this moment. */
    Optional<String> waiting() {
        return service.waiting();
    }

    /** What one of its gauges says. */
    double gauge(String name) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        service.bindTo(registry);
        return registry.get(name).gauge().value();
    }

    /** What should be looked at. */
    List<String> alerts() {
        return service.alerts();
    }

    Optional<PipelineException> failure() {
        return Optional.ofNullable(failure.get());
    }

    PipelineException awaitFailure() {
        return Awaitility.await().atMost(LIMIT).until(failure::get, found -> found != null);
    }

    @Override
    public void close() {
        service.close();
    }
}
