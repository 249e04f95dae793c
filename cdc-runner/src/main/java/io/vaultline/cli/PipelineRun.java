package io.vaultline.cli;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.service.PipelineMetrics;
import io.vaultline.service.Service;
import io.vaultline.service.ServiceGroup;
import io.vaultline.service.StatusServer;
import io.vaultline.service.StopSignal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process of a pipeline, from its start until it is asked to end or a service fails. */
final class PipelineRun {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);

    private final String pipeline;
    private final InetSocketAddress statusPage;
    private final List<Service> services;

    PipelineRun(String pipeline, InetSocketAddress statusPage, List<Service> services) {
        this.pipeline = pipeline;
        this.statusPage = statusPage;
        this.services = List.copyOf(services);
    }

    /**
     * Runs the services until SIGTERM or SIGINT, then drains them.
     *
     * @throws PipelineException the first failure of a service, after all were stopped
     */
    void untilStopped() throws InterruptedException {
        ServiceGroup group = new ServiceGroup(services);
        group.prepare();
        try (PipelineMetrics metrics = new PipelineMetrics();
                StopSignal signal = new StopSignal();
                StatusServer server = new StatusServer(statusPage, pipeline, group, metrics)) {
            metrics.bind(services);
            signal.whenAsked(group::stop);
            LOG.info("pipeline {} starts: {}", pipeline, String.join(", ", group.names()));
            LOG.info("status page: {}/status", server.uri());
            work(group, metrics);
        }
        Optional<PipelineException> failure = group.failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
        LOG.info("pipeline {} stopped", pipeline);
    }

    private static void work(ServiceGroup group, PipelineMetrics metrics) throws InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught(group, thread, thrown));
        ProgressLog progress = new ProgressLog(metrics);
        try {
            group.start();
            group.awaitEnd();
            LOG.info("stopping: {}", group.failure().isPresent() ? "a service failed" : "asked to");
        } finally {
            DrainLimit limit = new DrainLimit(DRAIN_LIMIT);
            group.close();
            limit.close();
            progress.close();
        }
    }

    /** A thread that died of an error, such as no memory, is missed by nobody else: better to end than to stand still. */
    private static void uncaught(ServiceGroup group, Thread thread, Throwable thrown) {
        LOG.error("Thread {} died: {}", thread.getName(), thrown.getClass().getName(), thrown);
        if (thrown instanceof Error) {
            group.fail(new PipelineException(
                    ErrorCode.INTERNAL,
                    "A thread died of " + thrown.getClass().getSimpleName(),
                    "thread " + thread.getName(),
                    "Start again: it goes on from the last commit. If memory ran out, give the process more (-Xmx).",
                    thrown));
        }
    }
}
