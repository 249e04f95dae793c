package io.vaultline.devstack.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/** Progress as plain lines, for a terminal or a log. */
public final class LineProgress implements Progress {
    private final PrintStream out;

    /** @param out where the lines go; standard error as a rule, since standard output is for results */
    public LineProgress(PrintStream out) {
        this.out = Objects.requireNonNull(out);
    }

    @Override
    public void started(String step) {
        out.println(step + " ...");
    }

    @Override
    public void advanced(String step, String detail) {
        out.println(step + ": " + detail);
    }

    @Override
    public void finished(String step, Duration took) {
        out.println(String.format(Locale.ROOT, "%s: done in %.1f s", step, took.toMillis() / 1000.0));
    }

    @Override
    public void failed(String step, String reason) {
        out.println(step + ": FAILED, " + reason);
    }
}
