package io.vaultline.cli;

import io.vaultline.demo.DemoCommand;
import io.vaultline.preflight.PreflightCommand;
import io.vaultline.verification.VerifyCommand;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** What all commands share. It names no class of a database or file system, so that help appears at once. */
@Command(
        name = "java -jar cdc-runner.jar",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = JarVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Copies every change of PostgreSQL and MongoDB into a Data Vault in ClickHouse"
                + " and a history in Iceberg.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:the run failed",
            "2:wrong usage or configuration",
            "3:verification found a difference"
        })
final class RootCommand implements Runnable {
    /** Read by logback.xml: the level of our own messages, and whether stack traces follow them. */
    private static final String LOG_LEVEL = "vaultline.log.level";

    private static final String LIBRARY_LOG_LEVEL = "vaultline.log.level.libraries";
    private static final String LOG_EXCEPTIONS = "vaultline.log.exceptions";

    /** In the order of the help text. Not named in the annotation, so that a process need not look into all of them. */
    static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            DevstackCommand.class,
            RunCommand.class,
            PreflightCommand.class,
            VerifyCommand.class,
            ResnapshotCommand.class,
            DlqCommand.class,
            InferCommand.class,
            DdlCommand.class,
            RecaptureCommand.class);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show stack traces and what the program does in detail.")
    private boolean debug;

    /** Whether the user wants to see inside. */
    boolean debug() {
        return debug;
    }

    /** Before the first logger is made. */
    void prepareLogging() {
        if (debug) {
            System.setProperty(LOG_LEVEL, "DEBUG");
            System.setProperty(LIBRARY_LOG_LEVEL, "INFO");
            System.setProperty(LOG_EXCEPTIONS, "ex");
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }
}
