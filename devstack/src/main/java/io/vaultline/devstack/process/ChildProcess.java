package io.vaultline.devstack.process;

import io.vaultline.devstack.report.DevstackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A running server process with its watchdog. */
public final class ChildProcess implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final Command command;
    private final Process watchdog;
    private final LogFile log;
    private final Path pidFile;

    ChildProcess(Command command, Process watchdog, LogFile log, Path pidFile) {
        this.command = command;
        this.watchdog = watchdog;
        this.log = log;
        this.pidFile = pidFile;
    }

    /** Where its output goes. */
    public LogFile log() {
        return log;
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return watchdog.isAlive();
    }

    /** The process id of the server itself, not of its watchdog. */
    public long pid() {
        try {
            return Long.parseLong(Files.readString(pidFile));
        } catch (IOException e) {
            throw new DevstackException(command.name() + " does not run", pidFile.toString(), "start it", e);
        }
    }

    /**
     * Returns when the server answers; ends it if it does not.
     *
     * @throws DevstackException if the process ends before, time runs out, or this thread is interrupted
     */
    public void awaitReady(Probe probe, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        String reason = "no answer yet";
        while (System.nanoTime() < deadline) {
            try {
                if (probe.answers()) {
                    return;
                }
            } catch (Exception e) { // whatever a client throws while its server starts, an interrupt included
                reason = e.toString();
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
            }
            if (exitedWithin(POLL)) {
                throw failure("ended with exit code " + watchdog.exitValue());
            }
        }
        close();
        throw failure("did not answer within " + timeout.toSeconds() + " s (" + reason + ")");
    }

    /**
     * Waits for a program that ends by itself.
     *
     * @throws DevstackException if it fails, time runs out, or this thread is interrupted
     */
    public void awaitSuccess(Duration timeout) {
        if (!exitedWithin(timeout)) {
            close();
            throw failure("did not end within " + timeout.toSeconds() + " s");
        }
        if (watchdog.exitValue() != 0) {
            throw failure("ended with exit code " + watchdog.exitValue());
        }
    }

    /** Asks the server to end, gives it its time, and returns when all its processes are gone; even if interrupted. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            if (watchdog.isAlive()) {
                watchdog.getOutputStream().write('s');
                watchdog.getOutputStream().close();
            }
            if (!watchdog.waitFor(command.grace().plusSeconds(10).toSeconds(), TimeUnit.SECONDS)) {
                watchdog.destroyForcibly();
            }
        } catch (IOException e) {
            watchdog.destroy(); // the pipe is closed: it is about to end by itself
        } catch (InterruptedException e) {
            interrupted = true;
            watchdog.destroyForcibly();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private DevstackException failure(String what) {
        return new DevstackException(
                command.name() + " " + what + ": " + log.tail(),
                log.path().toString(),
                "read its log, the end of which is shown here");
    }

    private boolean exitedWithin(Duration time) {
        try {
            return watchdog.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new DevstackException(
                    "The wait for " + command.name() + " was interrupted",
                    log.path().toString(),
                    "start again",
                    e);
        }
    }
}
