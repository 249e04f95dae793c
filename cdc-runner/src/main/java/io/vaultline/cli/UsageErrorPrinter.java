package io.vaultline.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the command line, what was probably meant, and where the help is. */
final class UsageErrorPrinter implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("error: " + failure.getMessage());
        boolean guessed = UnmatchedArgumentException.printSuggestions(failure, err);
        if (!guessed && command.getParent() == null) {
            err.println(
                    "  commands: " + String.join(", ", command.getSubcommands().keySet()));
        }
        err.println("  to do: see '" + command.getCommandSpec().qualifiedName() + " --help'");
        return ExitCodes.USAGE;
    }
}
