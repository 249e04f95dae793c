package io.vaultline.cli;

import io.vaultline.clickhouse.server.ClientGateway;
import io.vaultline.clickhouse.vault.ServerTables;
import io.vaultline.clickhouse.vault.VaultPlan;
import io.vaultline.config.ClickHouseConfig;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.PipelineConfigLoader;
import io.vaultline.vault.VaultTables;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the load role would do to ClickHouse. */
@Command(
        name = "ddl",
        header = "Prints what would be created or altered in ClickHouse.",
        description = "Compares the vault of all captured collections with what ClickHouse has, and prints the SQL that"
                + " 'run' would execute. Changes nothing.",
        footerHeading = "%nExample:%n",
        footer = "  java -jar cdc-runner.jar ddl --config pipeline.yaml > vault.sql")
final class DdlCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The pipeline's configuration.")
    private Path config = Path.of("pipeline.yaml");

    @Override
    public Integer call() {
        PipelineConfig pipeline = new PipelineConfigLoader(System.getenv()).load(config);
        VaultTables tables = new VaultTables(CapturedModel.read(pipeline).model());
        PrintWriter out = spec.commandLine().getOut();
        out.print(script(pipeline.clickhouse(), tables));
        out.flush();
        return ExitCodes.SUCCESS;
    }

    private static String script(ClickHouseConfig clickhouse, VaultTables tables) {
        try (ClientGateway server = new ClientGateway(clickhouse)) {
            ServerTables present = ServerTables.read(server, clickhouse.vaultDatabase());
            return new VaultPlan(clickhouse.vaultDatabase(), tables, present).script();
        }
    }
}
