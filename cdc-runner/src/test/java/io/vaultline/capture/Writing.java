package io.vaultline.capture;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Work of a thread of its own that goes on until it is stopped. */
final class Writing implements AutoCloseable {
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CompletableFuture<Void> work;

    /** @param work asks now and then whether it is to end */
    Writing(Consumer<BooleanSupplier> work) {
        this.work = CompletableFuture.runAsync(() -> work.accept(stopped::get));
    }

    /** Lets it write for a while. @throws IllegalStateException if it can't */
    void goOn(Duration time) throws InterruptedException {
        try {
            work.get(time.toMillis(), TimeUnit.MILLISECONDS);
            throw new IllegalStateException("the load has ended");
        } catch (TimeoutException e) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the load has failed", e);
        }
    }

    /** Returns when the last change is made. */
    void stop() {
        stopped.set(true);
        work.join();
    }

    @Override
    public void close() {
        stop();
    }
}
