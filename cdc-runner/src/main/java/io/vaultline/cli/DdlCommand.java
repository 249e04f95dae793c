package io.vaultline.cli;

import io.vaultline.clickhouse.server.ClientGateway;
import io.vaultline.clickhouse.vault.ServerTables;
import io.vaultline.clickhouse.vault.VaultPlan;
import io.vaultline.config.ClickHouseConfig;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.PipelineConfigLoader;
import io.vaultline.vault.functions.HashFunctions;
import io.vaultline.vault.functions.SqlEngine;
import io.vaultline.vault.model.VaultTables;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the load role would do to ClickHouse, or the functions that compute the vault's hashes elsewhere. */
@Command(
        name = "ddl",
        header = "Prints what would be created or altered in ClickHouse.",
        description = "Compares the vault of all captured collections with what ClickHouse has, and prints the SQL that"
                + " 'run' would execute. Changes nothing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar cdc-runner.jar ddl --config pipeline.yaml > vault.sql",
            "  java -jar cdc-runner.jar ddl --hash-functions trino > functions.sql"
        })
final class DdlCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup(multiplicity = "1")
    private Subject subject = new Subject();

    /** One of them. */
    static final class Subject {
        @Option(names = "--config", paramLabel = "FILE", description = "The pipeline's configuration.")
        private @Nullable Path config;

        @Option(
                names = "--hash-functions",
                paramLabel = "ENGINE",
                description = "Print SQL functions that compute the vault's hash keys and hash differences in"
                        + " clickhouse, trino or spark (docs/hash-contract.md).")
        private @Nullable SqlEngine engine;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text(subject));
        out.flush();
        return ExitCodes.SUCCESS;
    }

    private static String text(Subject subject) {
        if (subject.engine != null) {
            return HashFunctions.script(subject.engine);
        } else if (subject.config == null) {
            throw new IllegalStateException("one of the options is always there");
        }
        PipelineConfig pipeline = new PipelineConfigLoader(System.getenv()).load(subject.config);
        try (CapturedModel captured = CapturedModel.read(pipeline)) {
            return script(pipeline.clickhouse(), new VaultTables(captured.model()));
        }
    }

    private static String script(ClickHouseConfig clickhouse, VaultTables tables) {
        try (ClientGateway server = new ClientGateway(clickhouse)) {
            ServerTables present = ServerTables.read(server, clickhouse.vaultDatabase());
            return new VaultPlan(clickhouse.vaultDatabase(), tables, present).script();
        }
    }
}
