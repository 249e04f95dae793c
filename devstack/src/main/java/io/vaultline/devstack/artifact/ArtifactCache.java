package io.vaultline.devstack.artifact;

import io.vaultline.devstack.process.ToolPath;
import io.vaultline.devstack.report.DevstackException;
import io.vaultline.devstack.report.Progress;
import io.vaultline.devstack.report.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of unpacked artifacts that outlives builds and is shared by all stacks of a user. */
final class ArtifactCache {
    private final Path root;
    private final ToolPath tools;
    private final Progress progress;

    ArtifactCache(Path root, ToolPath tools, Progress progress) {
        this.root = root.toAbsolutePath().normalize();
        this.tools = tools;
        this.progress = progress;
    }

    /**
     * The folder with the artifact's files; fetches, checks and unpacks them if they are not there whole.
     *
     * @throws DevstackException if the client is missing or fails, or if it brought other files than expected
     */
    Path get(Artifact artifact, Checksums checksums) {
        Path home = root.resolve(artifact.name());
        if (Inventory.matches(home)) {
            return home;
        }
        String step = "fetch " + artifact.name();
        return Steps.run(progress, step, () -> {
            try {
                Files.createDirectories(root);
                Path lock = root.resolve("." + artifact.fetcher().client() + ".lock");
                return new ClientLock(lock, progress, step)
                        .hold(() -> Inventory.matches(home) ? home : fetch(artifact, checksums, home, step));
            } catch (IOException | UncheckedIOException e) {
                throw new DevstackException(
                        "The download can't be kept: " + e,
                        root.toString(),
                        "make room and give write access, or name another folder in VAULTLINE_CACHE",
                        e);
            }
        });
    }

    private Path fetch(Artifact artifact, Checksums checksums, Path home, String step) throws IOException {
        deleteLeftovers(artifact.name());
        Path partial = Files.createTempDirectory(root, artifact.name() + ".partial-");
        Path fetched = Files.createDirectory(partial.resolve("fetched"));
        Path unpacked = Files.createDirectory(partial.resolve("unpacked"));
        Path log = root.resolve(artifact.name() + ".log");
        artifact.fetcher().fetch(fetched, new ClientRun(tools, progress, step, log));
        checksums.check(fetched);
        progress.advanced(step, "unpacking");
        artifact.unpacker().unpack(fetched, unpacked);
        Inventory.write(unpacked);
        delete(home);
        Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
        delete(partial);
        Files.deleteIfExists(log);
        return home;
    }

    private void deleteLeftovers(String name) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().startsWith(name + ".partial-")) {
                    delete(entry);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(folder)) {
            List<Path> deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : deepestFirst) {
                Files.delete(entry);
            }
        }
    }
}
