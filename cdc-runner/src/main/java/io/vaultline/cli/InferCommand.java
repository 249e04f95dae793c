package io.vaultline.cli;

import io.vaultline.config.PipelineConfig;
import io.vaultline.config.PipelineConfigLoader;
import io.vaultline.config.VaultModelFile;
import io.vaultline.event.CollectionId;
import io.vaultline.infer.CollectionProfile;
import io.vaultline.infer.FileMerge;
import io.vaultline.infer.FileMerge.Merged;
import io.vaultline.infer.LinkProposals;
import io.vaultline.infer.SetProposals;
import io.vaultline.infer.VaultDiagram;
import io.vaultline.vault.file.VaultFileSchema;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
                        + " as a commented file that vault.model can name. What the first changes of each collection"
                        + " suggest beside it, is proposed with its reason.",
        footerHeading = "%nExample:%n",
        footer = "  java -jar cdc-runner.jar infer --config pipeline.yaml > vault.yaml")
final class InferCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup(multiplicity = "1")
    private Subject subject = new Subject();

    /** What is asked for. */
    static final class Subject {
        @Option(names = "--schema", description = "Print the JSON schema of the vault model file, for editors.")
        private boolean schema;

        @ArgGroup(exclusive = false)
        private @Nullable OfPipeline ofPipeline;
    }

    /** The model of a pipeline, in one of its forms. */
    static final class OfPipeline {
        @Option(names = "--config", required = true, paramLabel = "FILE", description = "The pipeline's configuration.")
        private Path config = Path.of("pipeline.yaml");

        @ArgGroup
        private Form form = new Form();
    }

    /** None of them: the commented file. */
    static final class Form {
        @Option(names = "--diagram", description = "Print the vault as a Mermaid diagram.")
        private boolean diagram;

        @Option(
                names = "--merge",
                paramLabel = "FILE",
                description = "Add to this vault model file what it does not have, also not as a comment; everything"
                        + " else in it stays as it is.")
        private @Nullable Path merge;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        OfPipeline asked = subject.ofPipeline;
        out.print(subject.schema || asked == null ? VaultFileSchema.text() : text(asked));
        out.flush();
        return ExitCodes.SUCCESS;
    }

    private String text(OfPipeline asked) {
        PipelineConfig pipeline = new PipelineConfigLoader(System.getenv()).load(asked.config);
        Path merge = asked.form.merge;
        if (merge != null) {
            return merge(pipeline, merge);
        }
        try (CapturedModel captured = CapturedModel.read(pipeline)) {
            return asked.form.diagram
                    ? VaultDiagram.of(captured.model())
                    : ModelText.of(
                            pipeline.pipeline(), captured.model(), captured.declared(), captured.profiles(pipeline));
        }
    }

    /** Changes the file, says so, and prints nothing on standard output. */
    private String merge(PipelineConfig pipeline, Path file) {
        try (CapturedModel captured = CapturedModel.read(pipeline, VaultModelFile.read(Optional.of(file)))) {
            Map<CollectionId, CollectionProfile> profiles = captured.profiles(pipeline);
            Merged merged = FileMerge.merge(
                    VaultModelFile.text(file),
                    file.toString(),
                    LinkProposals.of(captured.model(), captured.declared(), profiles),
                    SetProposals.of(captured.model(), profiles));
            if (merged.added() > 0) {
                VaultModelFile.replace(file, merged.text());
            }
            spec.commandLine().getErr().println("Statements added to " + file + ": " + merged.added());
        }
        return "";
    }
}
