package io.vaultline.devstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.devstack.report.DevstackException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watchdog, with shells in the place of servers. */
class ChildProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path root;

    private StackDirectory directory;

    @BeforeEach
    void open() {
        directory = StackDirectory.open(root);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void aServerIsAskedToEndAndGivenTheTimeToDoSo() throws Exception {
        ChildProcess process =
                start("trap 'sleep 0.2; echo ended well; exit 0' TERM; echo up; while :; do sleep 0.1; done");
        process.awaitReady(() -> process.log().contains("up"), LIMIT);

        process.close();

        assertThat(process.log().contains("ended well")).isTrue();
    }

    @Test
    void aServerThatIgnoresTheSignalIsKilled() {
        ChildProcess process = start("trap '' TERM; echo up; while :; do sleep 0.1; done");
        process.awaitReady(() -> process.log().contains("up"), LIMIT);
        long pid = process.pid();

        process.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void whatTheServerLeftBehindEndsWithIt() throws Exception {
        ChildProcess process = start("setsid sleep 1000 & echo child $!; wait");
        process.awaitReady(() -> process.log().contains("child "), LIMIT);
        long child = Long.parseLong(process.log().tail().replaceAll("\\D", ""));

        process.close();

        assertThat(ProcessHandle.of(child)).isEmpty();
    }

    @Test
    void aServerEndsWithItsKilledWatchdog() {
        ChildProcess process = start("echo up; while :; do sleep 0.1; done");
        process.awaitReady(() -> process.log().contains("up"), LIMIT);
        ProcessHandle server = ProcessHandle.of(process.pid()).orElseThrow();

        server.parent().orElseThrow().destroyForcibly();

        Awaitility.await().atMost(LIMIT).until(() -> !server.isAlive());
    }

    @Test
    void aServerThatEndsAtOnceIsReportedWithTheEndOfItsLog() {
        ChildProcess process = start("echo no space left on device; exit 3");

        assertThatThrownBy(() -> process.awaitReady(() -> false, LIMIT))
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("shell ended with exit code 3: no space left on device")
                .hasMessageContaining(root.resolve("logs/shell.log").toString());
    }

    @Test
    void aServerThatNeverAnswersIsEnded() {
        ChildProcess process = start("while :; do sleep 0.1; done");

        assertThatThrownBy(() -> process.awaitReady(() -> false, Duration.ofMillis(300)))
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("did not answer");
        assertThatThrownBy(process::pid).isInstanceOf(DevstackException.class);
    }

    private ChildProcess start(String script) {
        Command command = new Command(
                "shell",
                List.of("/bin/sh", "-c", script),
                Map.of(),
                "SIGTERM",
                "SIGKILL",
                Duration.ofSeconds(1),
                false);
        return new Launcher(directory, ToolPath.ofEnvironment()).start(command);
    }
}
