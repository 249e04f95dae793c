package io.vaultline.capture;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Writes to a database without pause until it is stopped. */
final class Load implements AutoCloseable {
    private static final long OUTAGE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    private final Writing writing;

    Load(CaptureStack stack, String database, long seed) {
        this(stack, database, new Ledger(seed));
    }

    Load(CaptureStack stack, String database, Ledger ledger) {
        this.writing = new Writing(stopped -> write(stopped, stack, database, ledger));
    }

    private static void write(BooleanSupplier stopped, CaptureStack stack, String database, Ledger ledger) {
        long lastSuccess = System.nanoTime();
        while (!stopped.getAsBoolean()) {
            try (Connection connection = stack.connect(database)) {
                while (!stopped.getAsBoolean()) {
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

    Writing writing() {
        return writing;
    }

    /** Lets it write for a while. */
    void goOn(Duration time) throws InterruptedException {
        writing.goOn(time);
    }

    /** Returns when the last transaction has ended. */
    void stop() {
        writing.stop();
    }

    @Override
    public void close() {
        stop();
    }
}
