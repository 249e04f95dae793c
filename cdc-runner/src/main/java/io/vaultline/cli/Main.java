package io.vaultline.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The program's entry: {@code java -jar cdc-runner.jar <command>}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(commandLine(out, err).execute(arguments));
    }

    /** The command line with all commands; results go to {@code out}, everything else to {@code err}. */
    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        RootCommand root = new RootCommand();
        CommandLine commands = new CommandLine(root)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(new UsageErrorPrinter())
                .setExecutionExceptionHandler(new ErrorPrinter(root));
        return commands.setExecutionStrategy(parsed -> {
            root.prepareLogging();
            return new CommandLine.RunLast().execute(parsed);
        });
    }
}
