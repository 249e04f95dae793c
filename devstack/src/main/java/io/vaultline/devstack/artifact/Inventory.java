package io.vaultline.devstack.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an unpacked folder holds, by name and size: enough to see that nobody has emptied or cut it since. */
final class Inventory {
    private static final String FILE = ".inventory";

    private Inventory() {}

    /** Records what is there. */
    static void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), describe(folder));
    }

    /** Whether all that was recorded is there still. */
    static boolean matches(Path folder) {
        try {
            Path file = folder.resolve(FILE);
            return Files.exists(file) && Files.readString(file).equals(describe(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String describe(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file) && !file.endsWith(FILE))
                    .map(file -> size(file) + "  " + folder.relativize(file) + "\n")
                    .sorted()
                    .collect(Collectors.joining());
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
