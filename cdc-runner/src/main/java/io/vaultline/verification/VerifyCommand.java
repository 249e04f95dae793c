package io.vaultline.verification;

import io.vaultline.config.PipelineConfig;
import io.vaultline.config.PipelineConfigLoader;
import io.vaultline.event.CollectionId;
import io.vaultline.letter.DeadLetter;
import io.vaultline.letter.LetterClient;
import io.vaultline.screen.QuietLibraries;
import io.vaultline.screen.Screen;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Compares sources, vault and history while the pipeline runs. */
@Command(
        name = "verify",
        header = "Compares sources, vault and history, value by value.",
        description =
                "Compares every captured table of the sources with the vault and the history, at one commit of each"
                        + " source and value by value, and names the rows that differ. The pipeline goes on meanwhile.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar cdc-runner.jar verify --config pipeline.yaml",
            "  java -jar cdc-runner.jar verify --config pipeline.yaml --table public.orders --json"
        })
public final class VerifyCommand implements Callable<Integer> {
    private static final int DIFFERENCE = 3;
    private static final Duration STANDSTILL = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The pipeline's configuration.")
    private Path config = Path.of("pipeline.yaml");

    @Option(names = "--table", paramLabel = "T", description = "Compare this table only, such as public.orders.")
    private @Nullable String table;

    @Option(names = "--json", description = "Write the report as JSON on standard output.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "120s",
            converter = Seconds.class,
            description = "How long to wait for the pipeline to carry everything over, such as 30s or 10m."
                    + " Default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ofMinutes(2);

    @Override
    public Integer call() throws Exception {
        QuietLibraries.request();
        Screen screen = Screen.ofStandardError();
        VerificationOptions options = new VerificationOptions(timeout, STANDSTILL, Optional.ofNullable(table));
        PipelineConfig pipeline = new PipelineConfigLoader(System.getenv()).load(config);
        VerificationReport report = new Verification(pipeline, options, new Shown(screen)).run();
        screen.show(List.of(), "");
        report.lines().forEach(screen::line);
        waiting(new LetterClient(pipeline).list()).forEach(screen::line);
        screen.line(report.ok() ? "Source, vault and history are equal." : "There are differences.");
        if (json) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(report.toJson());
            out.flush();
        }
        return report.ok() ? 0 : DIFFERENCE;
    }

    /** Which tables lack changes that could not be handled, or wait behind one. */
    private static List<String> waiting(List<DeadLetter> letters) {
        Map<CollectionId, Long> counts = letters.stream()
                .collect(Collectors.groupingBy(DeadLetter::collection, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> "    " + entry.getKey() + ": " + entry.getValue()
                        + " changes wait as dead letters and are in neither store; see 'dlq list'")
                .toList();
    }

    /** Shows what goes on in one line. */
    private record Shown(Screen screen) implements VerificationListener {
        @Override
        public void waiting(String reason) {
            screen.show(List.of(reason), reason);
        }

        @Override
        public void standing(String note) {
            screen.line(note);
        }

        @Override
        public void comparing(CollectionId collection) {
            screen.show(List.of("comparing " + collection), "");
        }
    }

    /** Reads a number of seconds or minutes. */
    static final class Seconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            if (value.matches("[0-9]{1,6}s")) {
                return Duration.ofSeconds(number(value));
            }
            if (value.matches("[0-9]{1,6}m")) {
                return Duration.ofMinutes(number(value));
            }
            throw new TypeConversionException("must be a number of seconds or minutes, such as 30s or 10m");
        }

        private static long number(String value) {
            return Long.parseLong(value.substring(0, value.length() - 1));
        }
    }
}
