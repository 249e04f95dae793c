package io.vaultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged jar at work, as a user starts it. */
final class JarProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "cdc-runner.jar").toAbsolutePath();
    private static final Pattern STATUS_PAGE = Pattern.compile("status page: (http://\\S+)/status");

    private final Process process;
    private final Path stderr;
    private final Path stdout;
    private final HttpClient client = HttpClient.newHttpClient();

    private JarProcess(Process process, Path stdout, Path stderr) {
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** @param directory where the output is kept */
    static JarProcess start(Path directory, String... arguments) throws IOException {
        return start(directory, List.of("-Xmx1g"), arguments);
    }

    static JarProcess start(Path directory, List<String> jvmOptions, String... arguments) throws IOException {
        Path stdout = Files.createTempFile(directory, "jar", ".out");
        Path stderr = Files.createTempFile(directory, "jar", ".err");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile())
                .start();
        return new JarProcess(process, stdout, stderr);
    }

    /** The answer of a status page's path; the page's address is read from the log. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        Matcher address = STATUS_PAGE.matcher(stderr());
        assertThat(address.find()).as("status page in: %s", stderr()).isTrue();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address.group(1) + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void awaitReady() {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    assertThat(process.isAlive()).as(stderr()).isTrue();
                    assertThat(get("/ready").statusCode()).isEqualTo(200);
                });
    }

    void terminate() {
        process.destroy();
    }

    /** The exit code, which must come in time. */
    int exitCode(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as("ended within %s, said: %s", limit, stderr())
                .isTrue();
        return process.exitValue();
    }

    String stderr() {
        return read(stderr);
    }

    String stdout() {
        return read(stdout);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
