package io.vaultline.devstack;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Does one thing to several at the same time, and returns or throws only when the work on each is over. */
final class Parallel {
    private Parallel() {}

    /** Works on all of them, whatever fails, and then throws the first failure. */
    static <T> void forEach(Set<T> items, Consumer<T> work) {
        run(items, work, threads -> {});
    }

    /** Interrupts the rest as soon as one fails, and throws its failure. */
    static <T> void untilFailure(Set<T> items, Consumer<T> work) {
        run(items, work, ExecutorService::shutdownNow);
    }

    private static <T> void run(Set<T> items, Consumer<T> work, Consumer<ExecutorService> onFailure) {
        if (items.isEmpty()) {
            return;
        }
        CompletableFuture<Void> firstFailure = new CompletableFuture<>();
        ExecutorService threads = Executors.newFixedThreadPool(items.size(), Parallel::daemon);
        try {
            List<CompletableFuture<Void>> runs = items.stream()
                    .map(item -> CompletableFuture.runAsync(() -> work.accept(item), threads))
                    .toList();
            CompletableFuture.allOf(runs.stream()
                            .map(run -> run.exceptionally(e -> {
                                firstFailure.completeExceptionally(e);
                                onFailure.accept(threads);
                                return null;
                            }))
                            .toArray(CompletableFuture[]::new))
                    .join();
            firstFailure.complete(null);
            firstFailure.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        } finally {
            threads.shutdown();
        }
    }

    private static Thread daemon(Runnable run) {
        Thread thread = new Thread(run, "devstack");
        thread.setDaemon(true);
        return thread;
    }
}
