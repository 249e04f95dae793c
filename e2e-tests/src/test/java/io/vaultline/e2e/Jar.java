package io.vaultline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The runnable jar in a process of its own, as a user starts it. */
final class Jar implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(60);

    private final Process process;
    private final Path stdout;
    private final Path stderr;

    private Jar(Process process, Path stdout, Path stderr) {
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** @param directory where the output is kept */
    static Jar start(Path directory, String... arguments) {
        return start(directory, arguments[0], command(arguments));
    }

    /** The same in a mount namespace of its own, where a directory is a disk of so many MiB. */
    static Jar startWithDisk(Path directory, Path disk, int mebibytes, String... arguments) {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--map-root-user", "sh", "-c"));
        command.add("mount -t tmpfs -o size=" + mebibytes + "m none " + disk + " && exec \"$@\"");
        command.add("sh");
        command.addAll(command(arguments));
        return start(directory, arguments[0], command);
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-jar"));
        command.add(System.getProperty("vaultline.jar"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts a command as it was printed for a person to type; no word of it may have spaces. */
    static Jar startAsPrinted(Path directory, String line) {
        return start(directory, "printed", List.of(line.strip().split(" +", -1)));
    }

    private static Jar start(Path directory, String name, List<String> command) {
        try {
            Path stdout = Files.createTempFile(directory, name, ".out");
            Path stderr = Files.createTempFile(directory, name, ".err");
            Process process = new ProcessBuilder(command)
                    .redirectOutput(stdout.toFile())
                    .redirectError(stderr.toFile())
                    .start();
            return new Jar(process, stdout, stderr);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until standard error matches, and returns the first match; fails if the process ends before. */
    MatchResult awaitMatch(String regex, Duration limit) {
        Pattern pattern = Pattern.compile(regex);
        return Awaitility.await(regex)
                .atMost(limit)
                .failFast(
                        () -> assertThat(isAlive() || pattern.matcher(stderr()).find())
                                .as("ended without: %s, said: %s", regex, stderr())
                                .isTrue())
                .until(() -> pattern.matcher(stderr()).results().findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** Asks it to end. Not by Ctrl-C's signal: a process of a background job is deaf to that. */
    void terminate() {
        process.destroy();
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The exit code, which must come in time. */
    int exitCode(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as("ended within %s, said: %s", limit, stderr())
                .isTrue();
        return process.exitValue();
    }

    String stdout() {
        return read(stdout);
    }

    String stderr() {
        return read(stderr);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end and waits until it has; by force in the end. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
