package io.vaultline.demo;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where everything of one demonstration is kept. */
final class DemoDirectory implements AutoCloseable {
    private final Path path;
    private final boolean stays;

    private DemoDirectory(Path path, boolean stays) {
        this.path = path;
        this.stays = stays;
    }

    /**
     * The directory that the user names, or a fresh one.
     *
     * @param keep whether a fresh one stays when this is closed; the user's own always does
     * @throws PipelineException if the user's directory is not empty
     */
    static DemoDirectory of(Optional<Path> named, boolean keep) throws IOException {
        if (named.isPresent()) {
            Path path = named.get().toAbsolutePath().normalize();
            requireEmpty(path);
            return new DemoDirectory(path, true);
        }
        return new DemoDirectory(Files.createTempDirectory("vaultline-demo-"), keep);
    }

    private static void requireEmpty(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> entries = Files.list(path)) {
                if (entries.findAny().isPresent()) {
                    throw new PipelineException(
                            ErrorCode.CONFIG_INVALID,
                            "The directory is not empty, and the demonstration begins with an empty shop",
                            "--dir " + path,
                            "Name another directory, or remove this one.");
                }
            }
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        if (stays) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(DemoDirectory::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
