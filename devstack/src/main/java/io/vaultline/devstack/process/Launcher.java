package io.vaultline.devstack.process;

import io.vaultline.devstack.report.DevstackException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Starts the processes of one stack, each below a watchdog that ends it together with this JVM. */
public final class Launcher {
    private final StackDirectory directory;
    private final ToolPath tools;

    public Launcher(StackDirectory directory, ToolPath tools) {
        this.directory = directory;
        this.tools = tools;
    }

    /**
     * Starts the command; its output goes to {@code logs/<name>.log}.
     *
     * @throws DevstackException if there is no Python, or the process can't be made
     */
    public ChildProcess start(Command command) {
        Path python = tools.python();
        LogFile log = new LogFile(directory.folder("logs").resolve(command.name() + ".log"));
        log.rotate();
        Path run = directory.folder("run");
        List<String> line = new ArrayList<>(List.of(
                python.toString(),
                "-IS",
                script(run),
                run.resolve(command.name() + ".lock").toString(),
                run.resolve(command.name() + ".pid").toString(),
                command.stopSignal(),
                command.deathSignal(),
                Long.toString(command.grace().toSeconds()),
                command.unprivileged() ? "unprivileged" : "inherited"));
        line.addAll(command.arguments());
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(run.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.path().toFile());
        builder.environment().putAll(command.environment());
        try {
            return new ChildProcess(command, builder.start(), log, run.resolve(command.name() + ".pid"));
        } catch (IOException e) {
            throw new DevstackException(
                    "A process can't be started: " + e, python.toString(), "look at the limits of this user", e);
        }
    }

    private static String script(Path run) {
        Path script = run.resolve("watchdog.py");
        try (InputStream source =
                Objects.requireNonNull(Launcher.class.getResourceAsStream("watchdog.py"), "watchdog.py")) {
            Path part = Files.createTempFile(run, "watchdog", ".part");
            Files.copy(source, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, script, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return script.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
