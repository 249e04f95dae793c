package io.vaultline.cli;

import io.vaultline.config.PipelineConfig;
import io.vaultline.config.PipelineConfigLoader;
import io.vaultline.vault.VaultFileSchema;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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

    @ArgGroup(multiplicity = "1")
    private Subject subject = new Subject();

    /** What is printed. */
    static final class Subject {
        @Option(names = "--config", paramLabel = "FILE", description = "The pipeline's configuration.")
        private @Nullable Path config;

        @Option(names = "--schema", description = "Print the JSON schema of the vault model file instead, for editors.")
        private boolean schema;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(subject.schema || subject.config == null ? VaultFileSchema.text() : model(subject.config));
        out.flush();
        return ExitCodes.SUCCESS;
    }

    private static String model(Path config) {
        PipelineConfig pipeline = new PipelineConfigLoader(System.getenv()).load(config);
        CapturedModel captured = CapturedModel.read(pipeline);
        return ModelText.of(pipeline.pipeline(), captured.model(), captured.declared());
    }
}
