package io.vaultline.preflight;

import io.vaultline.capture.CaptureCheck;
import io.vaultline.check.Finding;
import io.vaultline.check.Fix;
import io.vaultline.check.Severity;
import io.vaultline.clickhouse.load.LoadService;
import io.vaultline.clickhouse.server.ClickHousePreflight;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.iceberg.ArchiveService;
import io.vaultline.iceberg.lake.LakePreflight;
import io.vaultline.kafka.KafkaPreflight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All checks of a pipeline, each system by itself and at the same time, so that one that is away hides nothing. */
final class Preflight {
    private final PipelineConfig pipeline;
    private final Duration patience;

    /** @param patience the longest time for one system */
    Preflight(PipelineConfig pipeline, Duration patience) {
        this.pipeline = pipeline;
        this.patience = patience;
    }

    /** What was found, by system. */
    PreflightReport run() {
        Map<String, Callable<List<Finding>>> checks = checks();
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "preflight");
            thread.setDaemon(true);
            return thread;
        });
        try {
            long deadline = System.nanoTime() + patience.toNanos();
            Map<String, Future<List<Finding>>> running = new LinkedHashMap<>();
            checks.forEach((system, check) -> running.put(system, threads.submit(check)));
            Map<String, List<Finding>> found = new LinkedHashMap<>();
            running.forEach((system, check) -> found.put(system, result(system, check, deadline)));
            return new PreflightReport(found);
        } finally {
            threads.shutdownNow();
        }
    }

    private Map<String, Callable<List<Finding>>> checks() {
        Map<String, Callable<List<Finding>>> checks = new LinkedHashMap<>();
        List<String> transactionalIds = new ArrayList<>();
        for (SourceConfig source : pipeline.sources()) {
            CaptureCheck check = new CaptureCheck(pipeline, source);
            checks.put("source " + source.name(), check::run);
            transactionalIds.add(check.transactionalId());
        }
        List<String> groups = List.of(LoadService.group(pipeline), ArchiveService.group(pipeline.pipeline()));
        checks.put(
                "kafka",
                () -> new KafkaPreflight(pipeline.kafka(), pipeline.pipeline())
                        .check(transactionalIds, groups, CaptureCheck.LONGEST_TRANSACTION));
        if (pipeline.vaultModel().isPresent()) {
            checks.put("vault model", () -> new VaultModelCheck(pipeline).run());
        }
        checks.put("clickhouse", () -> new ClickHousePreflight(pipeline.clickhouse()).check());
        checks.put("warehouse", () -> new LakePreflight(pipeline.lake()).checkStore());
        checks.put("catalog", () -> new LakePreflight(pipeline.lake()).checkCatalog());
        return checks;
    }

    private List<Finding> result(String system, Future<List<Finding>> check, long deadline) {
        try {
            return check.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            check.cancel(true);
            return List.of(new Finding(
                    Severity.ERROR,
                    ErrorCode.INTERNAL,
                    "The checks did not end within " + patience.toSeconds() + " s",
                    system,
                    Fix.advice("Check that the system answers, or give it more time by --timeout.")));
        } catch (ExecutionException e) {
            return List.of(Finding.of(failure(system, Objects.requireNonNullElse(e.getCause(), e))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException(ErrorCode.INTERNAL, "Stopped during the checks", system, "Start again.", e);
        }
    }

    private static PipelineException failure(String system, Throwable cause) {
        return cause instanceof PipelineException known
                ? known
                : new PipelineException(
                        ErrorCode.INTERNAL,
                        "The checks broke: " + cause.getClass().getSimpleName(),
                        system,
                        "Run the command again with --debug and report what it prints.",
                        cause);
    }
}
