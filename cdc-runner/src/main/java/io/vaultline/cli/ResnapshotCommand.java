package io.vaultline.cli;

import io.vaultline.capture.resnapshot.ResnapshotAnswer;
import io.vaultline.capture.resnapshot.ResnapshotAnswer.Status;
import io.vaultline.capture.resnapshot.ResnapshotClient;
import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.PipelineConfigLoader;
import io.vaultline.config.SourceConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.screen.QuietLibraries;
import io.vaultline.screen.Screen;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks the running pipeline to read a table or collection again. */
@Command(
        name = "resnapshot",
        header = "Reads a table or collection again, or some of its rows, while changes go on.",
        description = {
            "The pipeline that runs reads the table as of one commit, between the changes before and after it; this"
                    + " command shows how far it is, and ends when all rows are durable in Kafka. Changes of all tables"
                    + " wait meanwhile, and follow. If no capture runs, the request waits for one; if the capture is"
                    + " stopped in between, it begins anew at its next start.",
            "%nWithout --where, all rows of the table end first and those that exist come again, so what was left over"
                    + " from an error goes away.",
            "%nWith --where, only the rows that the predicate fits NOW are written again, over what is known of them."
                    + " Nothing ends: rows that were deleted in the source, or that no longer fit the predicate, stay as"
                    + " they are. It is SQL for a table, which needs a key, and a filter of find, in extended JSON, for"
                    + " a collection of MongoDB."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar cdc-runner.jar resnapshot --config pipeline.yaml --table public.orders",
            "  java -jar cdc-runner.jar resnapshot --config pipeline.yaml --table public.orders --where \"id < 1000\"",
            "  java -jar cdc-runner.jar resnapshot --config pipeline.yaml --source mongo --table app.purchases"
                    + " --where '{\"status\": \"paid\"}'"
        })
final class ResnapshotCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 300;
    private static final int SILENT_POLLS = 40;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The pipeline's configuration.")
    private Path config = Path.of("pipeline.yaml");

    @Option(
            names = "--table",
            required = true,
            paramLabel = "NS.TABLE",
            description = "The table with its schema, or the collection with its database.")
    private String table = "";

    @Option(
            names = "--source",
            paramLabel = "S",
            description = "The source, if several of the pipeline can have such a table.")
    private @Nullable String source;

    @Option(
            names = "--where",
            paramLabel = "PREDICATE",
            description = "Over the table's columns, such as id < 10; over a collection's fields, such as {\"n\": 1}.")
    private @Nullable String where;

    @Override
    public Integer call() throws InterruptedException {
        QuietLibraries.request();
        PipelineConfig pipeline = new PipelineConfigLoader(System.getenv()).load(config);
        CollectionId id = collection(pipeline);
        Screen screen = Screen.ofStandardError();
        try (ResnapshotClient client = ResnapshotClient.ask(pipeline, id, Optional.ofNullable(where))) {
            ResnapshotAnswer last = follow(client, screen);
            screen.show(List.of(), "");
            if (last.status() == Status.REFUSED) {
                throw refused(id, last.text());
            }
            screen.line(String.format(
                    Locale.ROOT, "%s: %,d rows are durable, as of position %d.", id, last.rows(), last.position()));
            return ExitCodes.SUCCESS;
        }
    }

    private static ResnapshotAnswer follow(ResnapshotClient client, Screen screen) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int polls = 1; ; polls++) {
            Optional<ResnapshotAnswer> answer = client.answer();
            if (answer.isPresent() && answer.get().status().isFinal()) {
                return answer.get();
            }
            String line = answer.map(ResnapshotCommand::text)
                    .orElse(polls < SILENT_POLLS ? "asked" : "no capture has answered yet: does the pipeline run?");
            screen.show(List.of(line), line);
            never.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static String text(ResnapshotAnswer answer) {
        return answer.position() == 0
                ? "the capture waits for the snapshot's position"
                : String.format(Locale.ROOT, "%,d rows so far", answer.rows());
    }

    private CollectionId collection(PipelineConfig pipeline) {
        int dot = table.indexOf('.');
        if (dot < 1 || dot == table.length() - 1) {
            throw wrong(
                    "A table is named with its schema, a collection with its database",
                    "--table " + table,
                    "Write it as public.orders.");
        }
        String namespace = table.substring(0, dot);
        SourceConfig chosen = chosen(pipeline, namespace);
        CollectionId id = new CollectionId(chosen.name(), namespace, table.substring(dot + 1));
        if (!CollectionFilter.of(chosen).accepts(id)) {
            throw wrong("The configuration leaves this table out", "--table " + table, "Name a table it includes.");
        }
        return id;
    }

    private SourceConfig chosen(PipelineConfig pipeline, String namespace) {
        List<SourceConfig> fitting = pipeline.sources().stream()
                .filter(known -> source == null
                        ? canHave(known, namespace)
                        : known.name().equals(source))
                .toList();
        if (fitting.size() != 1) {
            String known = pipeline.sources().stream().map(SourceConfig::name).collect(Collectors.joining(", "));
            throw wrong(
                    fitting.isEmpty() ? "There is no such source" : "Several sources can have this table",
                    source == null ? "--table " + table : "--source " + source,
                    "Name one by --source: " + known + ".");
        }
        return fitting.get(0);
    }

    /** A source of PostgreSQL can have any schema, one of MongoDB has its database. */
    private static boolean canHave(SourceConfig known, String namespace) {
        return !(known instanceof SourceConfig.Mongo mongo) || mongo.database().equals(namespace);
    }

    private static PipelineException wrong(String what, String where, String remedy) {
        return new PipelineException(ErrorCode.CONFIG_INVALID, what, where, remedy);
    }

    private static PipelineException refused(CollectionId id, String why) {
        return new PipelineException(
                ErrorCode.SOURCE_NOT_CAPTURABLE,
                "The table was not read again: " + why,
                "table " + id,
                "Correct the request, and ask again.");
    }
}
