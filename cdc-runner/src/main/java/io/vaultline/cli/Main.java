package io.vaultline.cli;

import io.vaultline.kafka.KafkaClients;
import io.vaultline.service.Alongside;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program's entry: {@code java -jar cdc-runner.jar <command>}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        if (List.of(arguments).contains(RunCommand.NAME)) {
            Alongside.begin("preload", Main::preload);
        }
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(commandLine(out, err, meant(arguments)).execute(arguments));
    }

    /** What takes long to load is loaded while the command line and the configuration are read. */
    private static boolean preload() {
        KafkaClients.preload();
        return true;
    }

    /** The command that comes first, which is then the only one whose options are read; else all. */
    private static List<Class<?>> meant(String[] arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        List<Class<?>> named = RootCommand.COMMANDS.stream()
                .filter(type -> type.getAnnotation(Command.class).name().equals(first))
                .toList();
        return named.isEmpty() ? RootCommand.COMMANDS : named;
    }

    /** The command line with all commands; results go to {@code out}, everything else to {@code err}. */
    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return commandLine(out, err, RootCommand.COMMANDS);
    }

    private static CommandLine commandLine(PrintWriter out, PrintWriter err, List<Class<?>> types) {
        RootCommand root = new RootCommand();
        CommandLine commands = new CommandLine(root);
        types.forEach(commands::addSubcommand);
        commands.setOut(out)
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
