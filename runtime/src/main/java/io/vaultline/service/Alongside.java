package io.vaultline.service;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * A piece of work that goes on in a thread of its own, beside that of whoever needs its result a little later. The work
 * has to end by itself.
 *
 * @param <T> what it makes
 */
public final class Alongside<T> {
    private final String name;
    private final CompletableFuture<T> made;

    private Alongside(String name, CompletableFuture<T> made) {
        this.name = name;
        this.made = made;
    }

    /** @param name of the thread */
    public static <T> Alongside<T> begin(String name, Supplier<T> work) {
        return new Alongside<>(name, CompletableFuture.supplyAsync(work, step -> {
            Thread thread = new Thread(step, name);
            thread.setDaemon(true);
            thread.start();
        }));
    }

    /**
     * Waits for what the work makes. Whatever it throws is thrown here, as it is.
     *
     * @throws PipelineException with {@code INTERNAL} if the waiting thread is interrupted, which stays so
     */
    public T result() {
        try {
            return made.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException(ErrorCode.INTERNAL, "Stopped while it began", name, "Start again.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            } else if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e);
        }
    }
}
