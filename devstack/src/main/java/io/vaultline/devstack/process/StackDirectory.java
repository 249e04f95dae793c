package io.vaultline.devstack.process;

import io.vaultline.devstack.report.DevstackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that holds everything of one stack: data, logs, passwords and ports. While it is open nobody else can open
 * it; the lock goes with the process that holds it, however that ends.
 */
public final class StackDirectory implements AutoCloseable {
    /** Where every server listens, and nowhere else. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final long LEAST_FREE_BYTES = 512L << 20;

    private final Path root;
    private final DirectoryLock lock;
    private final SavedValues secrets;
    private final SavedValues ports;

    private StackDirectory(Path root, DirectoryLock lock) {
        this.root = root;
        this.lock = lock;
        this.secrets = new SavedValues(root.resolve("secrets.properties"));
        this.ports = new SavedValues(root.resolve("ports.properties"));
    }

    /**
     * Opens the folder, and creates it if it is not there.
     *
     * @throws DevstackException if it is in use, can't be written, or its disk has less than 512 MiB left
     */
    public static StackDirectory open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            long free = Files.getFileStore(root).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw new DevstackException(
                        "The disk is nearly full: " + (free >> 20) + " MiB left",
                        root.toString(),
                        "free at least " + (LEAST_FREE_BYTES >> 20) + " MiB, or choose a directory on another disk");
            }
            return new StackDirectory(root, DirectoryLock.take(root));
        } catch (IOException e) {
            throw new DevstackException(
                    "The directory can't be used: " + e, root.toString(), "choose a directory that you can write", e);
        }
    }

    /** The folder itself, absolute. */
    public Path root() {
        return root;
    }

    /** A folder below it, created if need be, for its owner only. */
    public Path folder(String name) {
        return OwnerOnly.folder(root.resolve(name));
    }

    /** The password of this name: made up at random once, and kept. */
    public String secret(String name) {
        return secrets.get(name, RandomText::password, saved -> true);
    }

    /** The loopback port of this name: the one of the last time if it is free, else a free one. */
    public int port(String name) {
        return Integer.parseInt(
                ports.get(name, () -> Integer.toString(Ports.free()), saved -> Ports.isFree(Integer.parseInt(saved))));
    }

    /** Writes a file for its owner only. */
    public Path write(String name, String text) {
        Path file = root.resolve(name);
        OwnerOnly.write(file, text);
        return file;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
