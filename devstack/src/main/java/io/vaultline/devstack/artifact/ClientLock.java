package io.vaultline.devstack.artifact;

import io.vaultline.devstack.report.DevstackException;
import io.vaultline.devstack.report.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everybody who uses the same cache, in this process or another, from fetching with one client at once.
 *
 * @param file what is locked
 * @param progress hears of the wait
 * @param step what waits
 */
record ClientLock(Path file, Progress progress, String step) {
    private static final long POLL_NANOS = Duration.ofMillis(100).toNanos();

    /** Work that reads and writes files. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** Waits for the lock, as long as whoever holds it lives, and does the work under it. */
    <T> T hold(Work<T> work) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (tryLock(channel) == null) {
                progress.advanced(step, "waiting for another download to end");
                while (tryLock(channel) == null) {
                    LockSupport.parkNanos(POLL_NANOS);
                    if (Thread.currentThread().isInterrupted()) {
                        throw new DevstackException("The wait was interrupted", file.toString(), "start again");
                    }
                }
            }
            return work.run();
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
