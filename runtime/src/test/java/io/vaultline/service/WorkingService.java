package io.vaultline.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A small service that works on a thread of its own, and writes down what happens to it in a shared log. */
final class WorkingService implements Service, MetricsSource {
    private final String name;
    private final List<String> log;
    private final CountDownLatch toldToStop = new CountDownLatch(1);
    private final CountDownLatch toldToFail = new CountDownLatch(1);
    private final AtomicReference<@Nullable Thread> worker = new AtomicReference<>();
    private final RoleProgress progress;
    private final AtomicReference<@Nullable String> waiting = new AtomicReference<>();

    WorkingService(Role role, String name, List<String> log) {
        this.name = name;
        this.log = log;
        this.progress = new RoleProgress(role, name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start(Consumer<PipelineException> onFailure) {
        log.add("start " + name);
        Thread thread = new Thread(() -> work(onFailure), name);
        worker.set(thread);
        thread.start();
    }

    private void work(Consumer<PipelineException> onFailure) {
        try {
            while (!toldToStop.await(1, TimeUnit.MILLISECONDS)) {
                if (toldToFail.getCount() == 0) {
                    onFailure.accept(failure());
                    return;
                }
                progress.committed(1, 0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void failNow() {
        toldToFail.countDown();
    }

    PipelineException failure() {
        return new PipelineException(ErrorCode.CLICKHOUSE_REFUSES, name + " broke", "here", "Mend it.");
    }

    @Override
    public boolean ready() {
        Thread thread = worker.get();
        return thread != null && thread.isAlive();
    }

    void waitsFor(String what) {
        waiting.set(what);
    }

    @Override
    public Optional<String> waiting() {
        return Optional.ofNullable(waiting.get());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        progress.bindTo(registry);
    }

    @Override
    public void close() {
        toldToStop.countDown();
        Thread thread = worker.getAndSet(null);
        if (thread == null) {
            return;
        }
        try {
            thread.join();
            log.add("stop " + name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
