package io.vaultline.cli;

import io.vaultline.config.PipelineConfigTemplate;
import io.vaultline.config.StackEndpoints;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.DevstackBuilder;
import io.vaultline.devstack.container.ContainerImages;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.devstack.report.LineProgress;
import io.vaultline.service.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the real servers and stays until it is asked to end. */
@Command(
        name = "devstack",
        header = "Starts real servers to play with.",
        description =
                "Starts PostgreSQL, MongoDB, Kafka, ClickHouse and an S3 server on free loopback ports, and writes"
                        + " where they are and a ready pipeline.yaml. Runs until Ctrl-C or SIGTERM; the data stays in the"
                        + " directory, and a second start finds it.",
        footerHeading = "%nExample:%n",
        footer = {
            "  java -jar cdc-runner.jar devstack --dir /tmp/stack",
            "and in another terminal:",
            "  java -jar cdc-runner.jar run --config /tmp/stack/pipeline.yaml"
        })
final class DevstackCommand implements Callable<Integer> {
    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "Where data, logs, passwords and pipeline.yaml are kept; created if need be.")
    private Path directory = Path.of(".");

    @Option(
            names = "--endpoints",
            paramLabel = "FILE",
            description = "Where the endpoints are written, passwords included, once all servers answer."
                    + " Default: endpoints.properties in DIR.")
    private @Nullable Path endpointsFile;

    @Option(
            names = "--containers",
            description = "Start the servers as containers of the local Docker engine, from the official images.")
    private boolean containers;

    @Option(
            names = "--image",
            paramLabel = "SERVER=IMAGE",
            description = "With --containers, another image for one server; servers: ${COMPLETION-CANDIDATES}."
                    + " Can be repeated.")
    private Map<ServerKind, String> images = new EnumMap<>(ServerKind.class);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!images.isEmpty() && !containers) {
            throw new ParameterException(spec.commandLine(), "--image needs --containers");
        }
        Path home = directory.toAbsolutePath().normalize();
        Path endpoints = Optional.ofNullable(endpointsFile)
                .orElse(home.resolve("endpoints.properties"))
                .toAbsolutePath();
        Path config = home.resolve("pipeline.yaml");
        Files.deleteIfExists(endpoints);
        try (Devstack stack = stack(home).start();
                StopSignal stop = new StopSignal()) {
            StackEndpoints values = new StackEndpoints(stack.endpoints().toProperties());
            PipelineConfigTemplate.write(config, values);
            stack.endpoints().write(endpoints);
            System.err.print(StackGuide.text(values, endpoints, config));
            stop.await();
            System.err.println("Stopping; the data stays in " + home);
        }
        return ExitCodes.SUCCESS;
    }

    private DevstackBuilder stack(Path home) {
        DevstackBuilder stack = Devstack.builder().directory(home).progress(new LineProgress(System.err));
        return containers ? stack.containers(new ContainerImages(images)) : stack;
    }
}
