package io.vaultline.preflight;

import io.vaultline.check.Finding;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.PipelineConfigLoader;
import io.vaultline.screen.QuietLibraries;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks every system of a pipeline. */
@Command(
        name = "preflight",
        header = "Checks every system of a pipeline, and says what mends what it finds.",
        description = "Checks the sources, Kafka, ClickHouse, the object store and the catalog at the same time:"
                + " whether they can be reached, their settings, rights, tables, positions and clocks; and the vault model"
                + " file against what the sources have. Each finding"
                + " comes with the statement that mends it. Exits 1 if there is an error; warnings and notes are none."
                + " Changes nothing, but for an object in the warehouse that is written and deleted again, and the"
                + " catalog's own tables.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar cdc-runner.jar preflight --config pipeline.yaml",
            "  java -jar cdc-runner.jar preflight --config pipeline.yaml --json | jq -r '.findings[].fix'"
        })
public final class PreflightCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The pipeline's configuration.")
    private Path config = Path.of("pipeline.yaml");

    @Option(names = "--json", description = "Write the findings as JSON on standard output.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "The longest time for one system. Default: ${DEFAULT-VALUE}.")
    private int timeout = 60;

    @Override
    public Integer call() {
        QuietLibraries.request();
        PipelineConfigLoader loader = new PipelineConfigLoader(System.getenv());
        PipelineConfig pipeline = loader.load(config);
        Map<String, List<Finding>> found = new LinkedHashMap<>();
        found.put("configuration", new ArrayList<>(SecretsCheck.check(config, loader.plainSecrets(config))));
        found.putAll(new Preflight(pipeline, Duration.ofSeconds(timeout)).run().found());
        PreflightReport report = new PreflightReport(found);
        PrintWriter err = spec.commandLine().getErr();
        report.lines().forEach(err::println);
        err.flush();
        if (json) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(report.toJson());
            out.flush();
        }
        return report.ok() ? 0 : FAILED;
    }
}
