package io.vaultline.cli;

import io.vaultline.config.PipelineConfig;
import io.vaultline.config.PipelineConfigLoader;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.SchemaCatalog;
import io.vaultline.kafka.TopicNames;
import io.vaultline.letter.Author;
import io.vaultline.letter.DeadLetter;
import io.vaultline.letter.LetterAnswer;
import io.vaultline.letter.LetterClient;
import io.vaultline.letter.LetterRequest;
import io.vaultline.letter.LetterRequest.Action;
import io.vaultline.screen.QuietLibraries;
import io.vaultline.screen.Screen;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes that could not be handled: shows them, has them tried again, has one mended or forgotten. */
@Command(
        name = "dlq",
        header = "Shows changes that could not be handled, has them tried again, has one mended or forgotten.",
        synopsisSubcommandLabel = "(list | show | replay | fix | drop | log)",
        description = {
            "A change that can't be handled stops its row, not the pipeline: it becomes a dead letter, and later changes of"
                    + " the same row wait behind it. Nothing leaves by itself.",
            "%nRemove the cause first: leave the column out (exclude-columns) or change its type in the source, and"
                    + " restart the pipeline if its configuration changed. Then 'dlq replay' delivers the change and those"
                    + " behind it, in their order. 'dlq fix' puts a value in the place of one that ClickHouse can't hold."
                    + " If the change itself is not wanted, 'dlq drop' gives it up. 'dlq log' says who did what."
        })
final class DlqCommand implements Runnable {
    private static final long POLL_MILLIS = 300;
    private static final int SILENT_POLLS = 40;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say list, show, replay, fix, drop or log");
    }

    /** Which pipeline is meant. */
    static final class ConfigFile {
        @Option(names = "--config", required = true, paramLabel = "FILE", description = "The pipeline's configuration.")
        private Path path = Path.of("");

        PipelineConfig load() {
            return new PipelineConfigLoader(System.getenv()).load(path);
        }
    }

    @Command(
            name = "list",
            header = "Lists the changes that wait, oldest first, without the data of their rows.",
            description = "A letter was refused, for the reason shown; 'waits' stands behind one of the same row.")
    int list(
            @Mixin ConfigFile config,
            @Option(names = "--json", description = "Print them as JSON on standard output.") boolean json) {
        QuietLibraries.request();
        List<DeadLetter> letters = new LetterClient(config.load()).list();
        if (json) {
            spec.commandLine().getOut().println(LetterText.json(letters));
        } else {
            LetterText.lines(letters).forEach(Screen.ofStandardError()::line);
        }
        return ExitCodes.SUCCESS;
    }

    @Command(
            name = "show",
            header = "Shows one change that waits: why, where it stands, its columns.",
            description = "The data of the row is hidden unless --reveal is given; it comes as it was masked.")
    int show(
            @Mixin ConfigFile config,
            @Parameters(paramLabel = "ID", description = "A change, as 'dlq list' names it.") String id,
            @Option(names = "--reveal", description = "Show the values, too.") boolean reveal) {
        QuietLibraries.request();
        PipelineConfig pipeline = config.load();
        LetterClient.Opened opened = new LetterClient(pipeline).open(id).orElseThrow(() -> LetterTarget.unknown(id));
        KafkaClients clients = new KafkaClients(pipeline.kafka());
        try (SchemaCatalog schemas = new SchemaCatalog(clients, new TopicNames(pipeline.pipeline()))) {
            new LetterContent(reveal).lines(opened, schemas).forEach(Screen.ofStandardError()::line);
        }
        return ExitCodes.SUCCESS;
    }

    @Command(
            name = "log",
            header = "Lists what people asked for about dead letters: who, when, what, why, and what came of it.")
    int log(@Mixin ConfigFile config) {
        QuietLibraries.request();
        LetterText.log(new LetterClient(config.load()).log()).forEach(Screen.ofStandardError()::line);
        return ExitCodes.SUCCESS;
    }

    /** Who asks, for the log. */
    static final class Asker {
        @Option(
                names = "--by",
                paramLabel = "NAME",
                description = "Who asks, for 'dlq log'. Default: ${DEFAULT-VALUE}.")
        private String by = System.getProperty("user.name", "");

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for 'dlq log'. Default: nothing.")
        private String reason = "";

        Author author() {
            return new Author(by, reason, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
        }
    }

    @Command(
            name = "replay",
            header = "Has dead letters tried again, and what waits behind them delivered.",
            description = {
                "The role that refused them does it, between two of its own transactions; if it does not run, the request"
                        + " waits for it. What is refused once more stays, with all behind it.",
                "%nA change is delivered once, with the place in the source's order that it always had, so newer changes of"
                        + " other rows are not overtaken in meaning, though they are in the topic."
            })
    int replay(
            @Mixin ConfigFile config,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "ID",
                            description = "A change, as 'dlq list' names it: its row is meant. Default: all.")
                    @Nullable
                    String id,
            @Mixin Asker asker)
            throws InterruptedException {
        long waiting = ask(config, Action.REPLAY, id, asker.author(), Map.of());
        return waiting == 0 ? ExitCodes.SUCCESS : ExitCodes.FAILED;
    }

    @Command(
            name = "fix",
            header = "Has a dead letter of the loader tried again with other values.",
            description = {
                "The values take the place of those that the change came with, in the vault; Kafka, the history and the"
                        + " source stay as they are, so 'verify' names the row. Should the loader read the change again, the"
                        + " fix holds. Correct the row in the source as well: later changes bring what stands there.",
                "%nDates and times are written as ISO 8601, moments in UTC, bytes in Base64."
            })
    int fix(
            @Mixin ConfigFile config,
            @Parameters(paramLabel = "ID", description = "A letter, as 'dlq list' names it.") String id,
            @Option(names = "--set", paramLabel = "COLUMN=VALUE", description = "The column's value.") @Nullable
                    Map<String, String> set,
            @Option(names = "--null", paramLabel = "COLUMN", description = "The column becomes null.") @Nullable
                    List<String> nulls,
            @Mixin Asker asker)
            throws InterruptedException {
        Map<String, Optional<String>> values = new HashMap<>();
        Optional.ofNullable(set).ifPresent(given -> given.forEach((name, text) -> values.put(name, Optional.of(text))));
        Optional.ofNullable(nulls).ifPresent(given -> given.forEach(name -> values.put(name, Optional.empty())));
        if (values.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Say --set column=value or --null column");
        }
        long waiting = ask(config, Action.FIX, id, asker.author(), values);
        return waiting == 0 ? ExitCodes.SUCCESS : ExitCodes.FAILED;
    }

    @Command(
            name = "drop",
            header = "Gives a dead letter up, and has what waits behind it delivered.",
            description = {
                "LOST is what this change alone says: the values it set, in the history and in the vault; of a letter of the"
                        + " loader, in the vault. If it made the row, the row begins with the next change; if it removed the"
                        + " row, the row stays. Values that the source did not repeat in later changes (large ones that did"
                        + " not change) are lost, too.",
                "%nNothing brings the change back. 'resnapshot --table … --where …' brings the row as it is now."
            })
    int drop(
            @Mixin ConfigFile config,
            @Parameters(paramLabel = "ID", description = "A letter, as 'dlq list' names it.") String id,
            @Mixin Asker asker)
            throws InterruptedException {
        ask(config, Action.DROP, id, asker.author(), Map.of());
        return ExitCodes.SUCCESS;
    }

    /** Asks whoever holds the letters. Returns how many changes wait on. */
    private static long ask(
            ConfigFile config, Action action, @Nullable String id, Author author, Map<String, Optional<String>> values)
            throws InterruptedException {
        QuietLibraries.request();
        LetterClient client = new LetterClient(config.load());
        List<LetterTarget> targets = LetterTarget.of(client.list(), id);
        if (targets.isEmpty()) {
            Screen.ofStandardError().line("No change waits.");
        }
        long waiting = 0;
        for (LetterTarget target : targets) {
            LetterRequest request = target.request(action, Optional.ofNullable(id), author, values);
            waiting += ask(client, target, request).waiting();
        }
        return waiting;
    }

    private static LetterAnswer ask(LetterClient client, LetterTarget target, LetterRequest request)
            throws InterruptedException {
        Screen screen = Screen.ofStandardError();
        try (LetterClient.Asked asked = client.ask(request)) {
            LetterAnswer answer = follow(asked, target.holder(), screen);
            screen.show(List.of(), "");
            if (!answer.done()) {
                throw new PipelineException(
                        ErrorCode.CONFIG_INVALID, answer.text(), "source " + target.source(), "See 'dlq list'.");
            }
            screen.line(String.format(
                    Locale.ROOT,
                    "%s: %,d changes were delivered, %,d wait on.",
                    target.partition().orElse(target.source()),
                    answer.delivered(),
                    answer.waiting()));
            if (!answer.text().isEmpty()) {
                screen.line("Refused once more: " + answer.text());
            }
            return answer;
        }
    }

    private static LetterAnswer follow(LetterClient.Asked asked, String holder, Screen screen)
            throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int polls = 1; ; polls++) {
            Optional<LetterAnswer> answer = asked.answer();
            if (answer.isPresent()) {
                return answer.get();
            }
            String line =
                    polls < SILENT_POLLS ? "asked " + holder : holder + " has not answered yet: does the pipeline run?";
            screen.show(List.of(line), line);
            never.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
