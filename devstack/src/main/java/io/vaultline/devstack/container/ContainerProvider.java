package io.vaultline.devstack.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.devstack.process.LogFile;
import io.vaultline.devstack.process.StackDirectory;
import io.vaultline.devstack.report.DevstackException;
import io.vaultline.devstack.server.Server;
import io.vaultline.devstack.server.ServerProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Servers as containers of the Docker engine of this machine, reached on the loopback address. Their data is in volumes
 * named after the stack's directory; a volume stays until it is removed by hand.
 */
public final class ContainerProvider implements ServerProvider {
    private static final String LABEL = "io.vaultline.devstack";

    private final StackDirectory directory;
    private final ContainerImages images;

    public ContainerProvider(StackDirectory directory, ContainerImages images) {
        this.directory = directory;
        this.images = images;
    }

    @Override
    public Server start(ServerKind kind) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new DevstackException(
                    "No Docker engine answers",
                    System.getenv().getOrDefault("DOCKER_HOST", "the default socket"),
                    "install and start Docker, or run the servers as processes, without --containers");
        }
        Recipe recipe = new Recipes(directory).of(kind);
        String name = name(directory.root(), kind);
        removeLeftover(name);
        LogFile log = new LogFile(directory.folder("logs").resolve(kind.id() + ".log"));
        log.rotate();
        try (recipe) {
            return new ContainerServer(run(recipe, name, log), recipe.service().endpoints());
        } catch (ContainerLaunchException e) {
            removeThoughInterrupted(name);
            throw failure(kind, log, e);
        }
    }

    /** A start that is interrupted since another server failed leaves its container, as its removal is cut short too. */
    private static void removeThoughInterrupted(String name) {
        boolean interrupted = Thread.interrupted();
        removeLeftover(name);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private GenericContainer<?> run(Recipe recipe, String name, LogFile log) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(images.of(recipe.kind())));
        container
                .withEnv(recipe.environment())
                .withLabel(LABEL, name)
                .withLogConsumer(frame -> append(log.path(), frame.getUtf8String()))
                .withCreateContainerCmdModifier(command -> connect(command, recipe, name))
                .waitingFor(new ServiceWait(container, recipe.service(), log));
        if (!recipe.command().isEmpty()) {
            container.withCommand(recipe.command().toArray(String[]::new));
        }
        container.start();
        return container;
    }

    private static void connect(CreateContainerCmd command, Recipe recipe, String name) {
        List<PortBinding> bindings = recipe.ports().entrySet().stream()
                .map(port -> new PortBinding(
                        Ports.Binding.bindIpAndPort(StackDirectory.LOOPBACK, port.getKey()),
                        ExposedPort.tcp(port.getValue())))
                .toList();
        HostConfig host = Objects.requireNonNull(command.getHostConfig())
                .withPortBindings(bindings)
                .withBinds(new Bind(name, new Volume(recipe.data())));
        if (!recipe.entryPoint().isEmpty()) {
            command.withEntrypoint(recipe.entryPoint());
        }
        command.withHostConfig(host)
                .withExposedPorts(
                        bindings.stream().map(PortBinding::getExposedPort).toList());
    }

    /** Removes a container that a killed stack has left; its volume stays. */
    private static void removeLeftover(String name) {
        DockerClient docker = DockerClientFactory.instance().client();
        docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(LABEL, name))
                .exec()
                .forEach(container -> docker.removeContainerCmd(container.getId())
                        .withForce(true)
                        .exec());
    }

    /** The name of a server's volume, and the label of its container. */
    static String name(Path root, ServerKind kind) {
        UUID hash = UUID.nameUUIDFromBytes(root.toString().getBytes(StandardCharsets.UTF_8));
        return "vaultline-" + hash + "-" + kind.id();
    }

    private static void append(Path log, String text) {
        try {
            Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DevstackException failure(ServerKind kind, LogFile log, ContainerLaunchException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
            if (root instanceof DevstackException known) {
                return known;
            }
        }
        return new DevstackException(
                kind.label() + " can't be started from its image: " + root.getMessage() + " | " + log.tail(),
                log.path().toString(),
                "look whether the image can be pulled, and read the log, the end of which is shown here",
                e);
    }
}
