package io.vaultline.cli;

import io.vaultline.devstack.report.DevstackException;
import io.vaultline.error.PipelineException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** The one place where a failure is shown: what happened, where, and what to do. A stack trace only with --debug. */
final class ErrorPrinter implements IExecutionExceptionHandler {
    private static final String FILE_REMEDY = "Check that the path is right and that you may read and write there.";

    private final RootCommand root;

    ErrorPrinter(RootCommand root) {
        this.root = root;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        int exitCode = print(failure, err);
        if (root.debug()) {
            failure.printStackTrace(err);
        }
        return exitCode;
    }

    private static int print(Exception failure, PrintWriter err) {
        if (failure instanceof PipelineException e) {
            print(err, e.what(), e.where(), e.remedy());
            return ExitCodes.of(e);
        }
        if (failure instanceof DevstackException e) {
            print(err, e.what(), e.where(), e.remedy());
            return ExitCodes.FAILED;
        }
        if (failure instanceof FileSystemException e) {
            String reason =
                    Objects.requireNonNullElse(e.getReason(), e.getClass().getSimpleName());
            print(err, "A file can't be used: " + reason, String.valueOf(e.getFile()), FILE_REMEDY);
            return ExitCodes.FAILED;
        }
        print(
                err,
                "Something unexpected happened (" + failure.getClass().getName() + ")",
                "in the program itself",
                "Run the command again with --debug and report what it prints.");
        return ExitCodes.FAILED;
    }

    private static void print(PrintWriter err, String what, String where, String remedy) {
        err.println("error: " + what);
        err.println("  where: " + where);
        err.println("  to do: " + remedy);
    }
}
