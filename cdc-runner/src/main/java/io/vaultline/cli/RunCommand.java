package io.vaultline.cli;

import io.vaultline.config.PipelineConfig;
import io.vaultline.config.PipelineConfigLoader;
import io.vaultline.service.Role;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the pipeline, or some of its roles. */
@Command(
        name = RunCommand.NAME,
        header = "Runs the pipeline, or some of its roles.",
        description = "Captures, loads and archives until SIGTERM or Ctrl-C, then drains and exits 0."
                + " Several processes may load or archive side by side; a source is captured by one at a time.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar cdc-runner.jar run --config pipeline.yaml",
            "  java -jar cdc-runner.jar run --config pipeline.yaml --roles load,archive --http-port 8781"
        })
final class RunCommand implements Callable<Integer> {
    static final String NAME = "run";

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The pipeline's configuration.")
    private Path config = Path.of("pipeline.yaml");

    @Option(
            names = "--roles",
            split = ",",
            paramLabel = "ROLE",
            description = "What this process does: ${COMPLETION-CANDIDATES}, with commas between. Default: all.")
    private Set<Role> roles = EnumSet.allOf(Role.class);

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description =
                    "Port of the status page instead of http.port; 0 takes a free one. Each process needs its own.")
    private @Nullable Integer httpPort;

    @Override
    public Integer call() throws InterruptedException {
        PipelineConfig pipeline = new PipelineConfigLoader(System.getenv()).load(config);
        int port = httpPort == null ? pipeline.httpPort() : httpPort;
        InetSocketAddress statusPage = new InetSocketAddress(pipeline.httpHost(), port);
        new PipelineRun(pipeline.pipeline(), statusPage, PipelineServices.of(pipeline, roles)).untilStopped();
        return ExitCodes.SUCCESS;
    }
}
