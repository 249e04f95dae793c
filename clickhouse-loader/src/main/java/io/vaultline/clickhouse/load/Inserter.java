package io.vaultline.clickhouse.load;

import io.vaultline.clickhouse.server.ClickHouseGateway;
import io.vaultline.clickhouse.server.InsertBlock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Inserts the blocks of a batch on threads of its own: wave after wave, the blocks of a wave side by side. */
final class Inserter implements AutoCloseable {
    private static final int THREADS = 4;

    private final ClickHouseGateway server;
    private final CrashPoint crashPoint;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "vaultline-insert");
        thread.setDaemon(true);
        return thread;
    });

    /** @param server stays open; the caller closes it */
    Inserter(ClickHouseGateway server, CrashPoint crashPoint) {
        this.server = server;
        this.crashPoint = crashPoint;
    }

    /** Done when all blocks are inserted; fails as the first insert that failed did. */
    CompletableFuture<Void> insert(List<List<InsertBlock>> waves) {
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        for (List<InsertBlock> wave : waves) {
            done = done.thenCompose(before -> insertWave(wave));
        }
        return done;
    }

    private CompletableFuture<Void> insertWave(List<InsertBlock> wave) {
        CompletableFuture<?>[] inserts = wave.stream()
                .map(block -> CompletableFuture.runAsync(() -> server.insert(block), threads))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(inserts).thenRun(() -> crashPoint.reach(CrashPoint.Place.HALF_INSERTED));
    }

    /** Whether it is done in time. @throws RuntimeException as an insert that failed */
    static boolean isDone(CompletableFuture<Void> inserted, Duration patience) {
        try {
            inserted.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : Failures.internal(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.internal(e);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
