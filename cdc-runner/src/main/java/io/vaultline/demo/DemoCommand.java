package io.vaultline.demo;

import io.vaultline.screen.QuietLibraries;
import io.vaultline.screen.Screen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the whole pipeline at work on a small shop, and proves that nothing is lost. */
@Command(
        name = "demo",
        header = "Shows everything on real servers in a few minutes.",
        description =
                "Starts real servers, fills a small online shop, runs the pipeline beside it while orders are placed,"
                        + " verifies every table against its source, and answers five questions.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar cdc-runner.jar demo",
            "  java -jar cdc-runner.jar demo --orders 500 --seconds 15 --report report.json",
            "  java -jar cdc-runner.jar demo --keep --dir /tmp/shop"
        })
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--orders",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How many orders are placed while the pipeline runs. Default: ${DEFAULT-VALUE}.")
    private int orders;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "45",
            description = "Over how many seconds they are spread. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Another seed gives another shop. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--report", paramLabel = "FILE", description = "Where the result is written as JSON.")
    private @Nullable Path report;

    @Option(
            names = "--keep",
            description = "Keep servers and pipeline running at the end until Ctrl-C, and print how to connect.")
    private boolean keep;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where everything is kept, and stays. Default: a temporary directory, removed at the end"
                    + " unless --keep is given.")
    private @Nullable Path directory;

    @Override
    public Integer call() throws Exception {
        if (orders < 1 || seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--orders and --seconds must be at least 1");
        }
        QuietLibraries.request();
        DemoOptions options = new DemoOptions(
                orders,
                Duration.ofSeconds(seconds),
                seed,
                Optional.ofNullable(report),
                keep,
                Optional.ofNullable(directory));
        return new Demo(options, Screen.ofStandardError()).run();
    }
}
