package io.vaultline.capture;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Writes to a database without pause until it is stopped. */
final class Load implements AutoCloseable {
    private static final long OUTAGE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CompletableFuture<Void> writing;

    Load(CaptureStack stack, String database, long seed) {
        this(stack, database, new Ledger(seed));
    }

    Load(CaptureStack stack, String database, Ledger ledger) {
        this.writing = CompletableFuture.runAsync(() -> write(stack, database, ledger));
    }

    private void write(CaptureStack stack, String database, Ledger ledger) {
        long lastSuccess = System.nanoTime();
        while (!stopped.get()) {
            try (Connection connection = stack.connect(database)) {
                while (!stopped.get()) {
                    ledger.change(connection);
                    lastSuccess = System.nanoTime();
                }
            } catch (SQLException e) {
                if (System.nanoTime() - lastSuccess > OUTAGE_NANOS) {
                    throw new CompletionException(e);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }
    }

    /** Lets it write for a while. @throws IllegalStateException if it can't */
    void goOn(Duration time) throws InterruptedException {
        try {
            writing.get(time.toMillis(), TimeUnit.MILLISECONDS);
            throw new IllegalStateException("the load has ended");
        } catch (TimeoutException e) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the load has failed", e);
        }
    }

    /** Returns when the last transaction has ended. */
    void stop() {
        stopped.set(true);
        writing.join();
    }

    @Override
    public void close() {
        stop();
    }
}
