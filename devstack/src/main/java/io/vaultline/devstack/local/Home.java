package io.vaultline.devstack.local;

import io.vaultline.devstack.process.ChildProcess;
import io.vaultline.devstack.process.Command;
import io.vaultline.devstack.process.Launcher;
import io.vaultline.devstack.process.StackDirectory;
import io.vaultline.devstack.process.ToolPath;
import io.vaultline.devstack.server.Server;
import io.vaultline.devstack.server.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What every server of a stack starts from.
 *
 * @param directory the stack's folder
 * @param launcher starts its processes
 * @param tools programs of this machine
 */
record Home(StackDirectory directory, Launcher launcher, ToolPath tools) {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    /** Starts a server and returns when its service answers. */
    Server serve(Command command, Service service) {
        try (service) {
            ChildProcess process = launcher.start(command);
            process.awaitReady(() -> service.answers(process.log()::contains), START_LIMIT);
            return new RunningServer(process, service.endpoints());
        }
    }

    /** Runs a program that prepares something and ends. */
    void run(Command command) {
        try (ChildProcess process = launcher.start(command)) {
            process.awaitSuccess(START_LIMIT);
        }
    }

    /** The Java of this process, for servers that run on one of their own. */
    String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The text of a file that belongs to the server's class. */
    static String resource(String name) {
        try (InputStream in = Home.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
