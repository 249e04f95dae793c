package io.vaultline.cli;

import io.vaultline.config.PipelineConfig;
import io.vaultline.config.PipelineConfigLoader;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.letter.DeadLetter;
import io.vaultline.letter.LetterAnswer;
import io.vaultline.letter.LetterClient;
import io.vaultline.letter.LetterRequest.Action;
import io.vaultline.screen.QuietLibraries;
import io.vaultline.screen.Screen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes that could not be handled: shows them, has them tried again, has one forgotten. */
@Command(
        name = "dlq",
        header = "Shows changes that could not be handled, has them tried again, or has one forgotten.",
        synopsisSubcommandLabel = "(list | replay | drop)",
        description = {
            "A change that can't be handled stops its row, not the pipeline: it becomes a dead letter, and later changes of"
                    + " the same row wait behind it. Nothing leaves by itself.",
            "%nRemove the cause first: leave the column out (exclude-columns) or change its type in the source, and"
                    + " restart the pipeline if its configuration changed. Then 'dlq replay' delivers the change and those"
                    + " behind it, in their order. If the change itself is not wanted, 'dlq drop' gives it up."
        })
final class DlqCommand implements Runnable {
    private static final long POLL_MILLIS = 300;
    private static final int SILENT_POLLS = 40;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say list, replay or drop");
    }

    @Command(
            name = "list",
            header = "Lists the changes that wait, oldest first, without the data of their rows.",
            description = "A letter was refused, for the reason shown; 'waits' stands behind one of the same row.")
    int list(
            @Option(
                            names = "--config",
                            required = true,
                            paramLabel = "FILE",
                            description = "The pipeline's configuration.")
                    Path config,
            @Option(names = "--json", description = "Print them as JSON on standard output.") boolean json) {
        QuietLibraries.request();
        List<DeadLetter> letters = new LetterClient(load(config)).list();
        if (json) {
            spec.commandLine().getOut().println(LetterText.json(letters));
        } else {
            LetterText.lines(letters).forEach(Screen.ofStandardError()::line);
        }
        return ExitCodes.SUCCESS;
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
            @Option(
                            names = "--config",
                            required = true,
                            paramLabel = "FILE",
                            description = "The pipeline's configuration.")
                    Path config,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "ID",
                            description = "A change, as 'dlq list' names it: its row is meant. Default: all.")
                    @Nullable
                    String id)
            throws InterruptedException {
        QuietLibraries.request();
        PipelineConfig pipeline = load(config);
        LetterClient client = new LetterClient(pipeline);
        long waiting = 0;
        for (String source : sources(client.list(), id)) {
            LetterAnswer answer = ask(client, source, Action.REPLAY, Optional.ofNullable(id));
            waiting += answer.waiting();
        }
        return waiting == 0 ? ExitCodes.SUCCESS : ExitCodes.FAILED;
    }

    @Command(
            name = "drop",
            header = "Gives a dead letter up, and has what waits behind it delivered.",
            description = {
                "LOST is what this change alone says: the values it set, in the history and in the vault. If it made the row,"
                        + " the row begins with the next change; if it removed the row, the row stays. Values that the source"
                        + " did not repeat in later changes (large ones that did not change) are lost, too.",
                "%nNothing brings the change back. 'resnapshot --table … --where …' brings the row as it is now."
            })
    int drop(
            @Option(
                            names = "--config",
                            required = true,
                            paramLabel = "FILE",
                            description = "The pipeline's configuration.")
                    Path config,
            @Parameters(paramLabel = "ID", description = "A letter, as 'dlq list' names it.") String id)
            throws InterruptedException {
        QuietLibraries.request();
        LetterClient client = new LetterClient(load(config));
        for (String source : sources(client.list(), id)) {
            ask(client, source, Action.DROP, Optional.of(id));
        }
        return ExitCodes.SUCCESS;
    }

    private static PipelineConfig load(Path config) {
        return new PipelineConfigLoader(System.getenv()).load(config);
    }

    /** Whom to ask. */
    private static List<String> sources(List<DeadLetter> letters, @Nullable String id) {
        TreeSet<String> sources = new TreeSet<>();
        letters.stream()
                .filter(letter -> id == null || letter.id().equals(id))
                .forEach(letter -> sources.add(letter.collection().source()));
        if (sources.isEmpty() && id != null) {
            throw new PipelineException(
                    ErrorCode.CONFIG_INVALID,
                    "No change with this id waits",
                    "ID " + id,
                    "Take an id from 'dlq list'; a change that was delivered or dropped is no longer there.");
        } else if (sources.isEmpty()) {
            Screen.ofStandardError().line("No change waits.");
        }
        return new ArrayList<>(sources);
    }

    private static LetterAnswer ask(LetterClient client, String source, Action action, Optional<String> id)
            throws InterruptedException {
        Screen screen = Screen.ofStandardError();
        try (LetterClient.Asked asked = client.ask(source, action, id)) {
            LetterAnswer answer = follow(asked, source, screen);
            screen.show(List.of(), "");
            if (!answer.done()) {
                throw new PipelineException(
                        ErrorCode.CONFIG_INVALID, answer.text(), "source " + source, "See 'dlq list'.");
            }
            screen.line(String.format(
                    Locale.ROOT,
                    "%s: %,d changes were delivered, %,d wait on.",
                    source,
                    answer.delivered(),
                    answer.waiting()));
            if (!answer.text().isEmpty()) {
                screen.line("Refused once more: " + answer.text());
            }
            return answer;
        }
    }

    private static LetterAnswer follow(LetterClient.Asked asked, String source, Screen screen)
            throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int polls = 1; ; polls++) {
            Optional<LetterAnswer> answer = asked.answer();
            if (answer.isPresent()) {
                return answer.get();
            }
            String line = polls < SILENT_POLLS
                    ? "asked the capture of " + source
                    : "the capture of " + source + " has not answered yet: does the pipeline run?";
            screen.show(List.of(line), line);
            never.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
