package io.vaultline.devstack.process;

import io.vaultline.devstack.report.DevstackException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes sure that one stack at a time works in a folder, also after the one before was killed. */
final class DirectoryLock implements AutoCloseable {
    private static final Duration LAST_BREATH = Duration.ofSeconds(30);
    private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the folder, and waits for servers that a killed stack has left and that are about to end.
     *
     * @throws DevstackException if another stack runs there, or its servers do not end within half a minute
     */
    static DirectoryLock take(Path root) throws IOException {
        FileChannel channel = channel(root.resolve(".lock"));
        if (tryLock(channel) == null) {
            channel.close();
            throw new DevstackException(
                    "Another devstack runs in this directory", root.toString(), "stop it, or choose another directory");
        }
        try {
            for (Path server : locks(root.resolve("run"))) {
                awaitFree(server);
            }
            return new DirectoryLock(channel);
        } catch (IOException | DevstackException e) {
            channel.close();
            throw e;
        }
    }

    private static List<Path> locks(Path run) throws IOException {
        if (!Files.isDirectory(run)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(run)) {
            return files.filter(file -> file.toString().endsWith(".lock")).toList();
        }
    }

    private static void awaitFree(Path file) throws IOException {
        long deadline = System.nanoTime() + LAST_BREATH.toNanos();
        try (FileChannel server = channel(file)) {
            while (tryLock(server) == null) {
                if (System.nanoTime() > deadline) {
                    throw new DevstackException(
                            "A server of a stack that was killed does not end",
                            file.toString(),
                            "end the process that holds this file, or choose another directory");
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
