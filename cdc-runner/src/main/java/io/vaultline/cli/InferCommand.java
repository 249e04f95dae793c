package io.vaultline.cli;

import io.vaultline.config.PipelineConfig;
import io.vaultline.config.PipelineConfigLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the vault model of what the pipeline has captured. */
@Command(
        name = "infer",
        header = "Prints the vault model.",
        description =
                "Infers the vault from the shapes of all collections that the pipeline has captured, and prints it"
                        + " as a commented file that vault.model can name.",
        footerHeading = "%nExample:%n",
        footer = "  java -jar cdc-runner.jar infer --config pipeline.yaml > vault.yaml")
final class InferCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The pipeline's configuration.")
    private Path config = Path.of("pipeline.yaml");

    @Override
    public Integer call() {
        PipelineConfig pipeline = new PipelineConfigLoader(System.getenv()).load(config);
        CapturedModel captured = CapturedModel.read(pipeline);
        PrintWriter out = spec.commandLine().getOut();
        out.print(ModelText.of(pipeline.pipeline(), captured.model(), captured.links()));
        out.flush();
        return ExitCodes.SUCCESS;
    }
}
