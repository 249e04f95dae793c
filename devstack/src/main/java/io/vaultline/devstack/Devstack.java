package io.vaultline.devstack;

import io.vaultline.devstack.endpoint.Endpoint;
import io.vaultline.devstack.endpoint.Endpoints;
import io.vaultline.devstack.endpoint.ExternalEndpoints;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.devstack.process.ChildProcess;
import io.vaultline.devstack.process.Command;
import io.vaultline.devstack.process.Launcher;
import io.vaultline.devstack.process.StackDirectory;
import io.vaultline.devstack.process.ToolPath;
import io.vaultline.devstack.report.DevstackException;
import io.vaultline.devstack.report.Progress;
import io.vaultline.devstack.report.Steps;
import io.vaultline.devstack.server.Server;
import io.vaultline.devstack.server.ServerProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Running servers whose data, ports and passwords live in one directory; a later stack on the same directory finds them
 * again. The servers end with this object, and with this process, however it ends.
 *
 * <p>Everything listens on the loopback address only. MongoDB and Kafka ask for no password.
 */
public final class Devstack implements AutoCloseable {
    private final StackDirectory directory;
    private final ServerProvider provider;
    private final ExternalEndpoints external;
    private final Progress progress;
    private final Map<ServerKind, Server> servers = new ConcurrentHashMap<>();

    Devstack(StackDirectory directory, ServerProvider provider, ExternalEndpoints external, Progress progress) {
        this.directory = directory;
        this.provider = provider;
        this.external = external;
        this.progress = progress;
    }

    /** A stack to be described further; at least its directory must be given. */
    public static DevstackBuilder builder() {
        return new DevstackBuilder();
    }

    /** Starts the servers side by side; ends all of them if one fails. */
    void start(Set<ServerKind> kinds) {
        try {
            Parallel.untilFailure(kinds, this::start);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * How all servers are reached, those of the user included.
     *
     * @throws DevstackException when an endpoint is asked for whose server is not part of the stack
     */
    public Endpoints endpoints() {
        List<Endpoint> started = servers.values().stream()
                .flatMap(server -> server.endpoints().stream())
                .toList();
        return external.and(started);
    }

    /** The directory with all data, and the servers' logs below {@code logs}. */
    public Path directory() {
        return directory.root();
    }

    /**
     * Starts a server that was stopped or has ended; it finds its data, and its port unless somebody took it.
     *
     * @throws DevstackException if it does not start
     */
    public void start(ServerKind kind) {
        stop(kind);
        servers.put(kind, Steps.run(progress, "start " + kind.label(), () -> provider.start(kind)));
    }

    /** Stops one server as if its machine had been shut down; does nothing if it does not run. */
    public void stop(ServerKind kind) {
        Server server = servers.remove(kind);
        if (server != null) {
            server.close();
        }
    }

    /** The process id of a server, for tests that freeze or kill it; empty if it is not a process of this machine. */
    public OptionalLong pid(ServerKind kind) {
        Server server = servers.get(kind);
        return server == null ? OptionalLong.empty() : server.pid();
    }

    /**
     * Starts a program of the caller's beside the servers: its output goes to {@code logs/<name>.log}, and it ends with
     * this process, however that ends. The caller closes it before the stack.
     */
    public ChildProcess launch(Command command) {
        return new Launcher(directory, ToolPath.ofEnvironment()).start(command);
    }

    /**
     * Stops all servers side by side and gives the directory free; the data stays. May be called again, and by a shutdown
     * hook at the same time: nobody returns before all servers are gone.
     */
    @Override
    public synchronized void close() {
        try {
            Parallel.forEach(Set.copyOf(servers.keySet()), this::stop);
        } finally {
            directory.close();
        }
    }
}
