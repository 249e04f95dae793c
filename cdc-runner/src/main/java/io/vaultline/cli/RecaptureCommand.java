package io.vaultline.cli;

import io.vaultline.capture.CaptureService;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.PipelineConfigLoader;
import io.vaultline.config.SourceConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the capture of a source anew, after the source has lost the changes that should have followed. */
@Command(
        name = "recapture",
        header = "Starts the capture of a source anew, after changes were lost there.",
        description =
                "Gives up the position that the source can't go on from (slot dropped or ahead, oplog rolled over):"
                        + " drops the replication slot and makes it again. The next run reads every collection of the source"
                        + " again. Vault and marts are right then; the history lacks what happened in between. A capture of the"
                        + " source that runs is stopped.",
        footerHeading = "%nExample:%n",
        footer = "  java -jar cdc-runner.jar recapture --config pipeline.yaml --source pg")
final class RecaptureCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The pipeline's configuration.")
    private Path config = Path.of("pipeline.yaml");

    @Option(names = "--source", required = true, paramLabel = "NAME", description = "The source's name in it.")
    private String name = "";

    @Override
    public Integer call() {
        PipelineConfig pipeline = new PipelineConfigLoader(System.getenv()).load(config);
        SourceConfig source = pipeline.sources().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(pipeline));
        CaptureService.recapture(pipeline, source);
        LoggerFactory.getLogger(RecaptureCommand.class)
                .info("source {}: the next run reads every collection again, and goes on from there", name);
        return ExitCodes.SUCCESS;
    }

    private PipelineException unknown(PipelineConfig pipeline) {
        return new PipelineException(
                ErrorCode.CONFIG_INVALID,
                "There is no such source",
                "--source " + name,
                "Give one of: "
                        + pipeline.sources().stream().map(SourceConfig::name).collect(Collectors.joining(", ")) + ".");
    }
}
