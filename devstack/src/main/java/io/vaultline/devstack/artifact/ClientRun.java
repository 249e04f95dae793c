package io.vaultline.devstack.artifact;

import io.vaultline.devstack.process.ToolPath;
import io.vaultline.devstack.report.DevstackException;
import io.vaultline.devstack.report.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One run of package clients for one step.
 *
 * @param tools where the clients are
 * @param progress hears that it still runs
 * @param step what it is for
 * @param log where the clients' output goes
 */
record ClientRun(ToolPath tools, Progress progress, String step, Path log) {
    private static final long BEAT_SECONDS = 5;
    private static final long LIMIT_SECONDS = 1_800;
    private static final int TAIL_LINES = 3;
    private static final Pattern CREDENTIALS = Pattern.compile("//[^/@\\s]*@");

    /**
     * Runs a client in the folder and waits for its end.
     *
     * @throws DevstackException if it fails or takes longer than half an hour
     */
    void run(Path folder, List<String> line) {
        Process process = begin(folder, line);
        try {
            for (long seconds = BEAT_SECONDS;
                    !process.waitFor(BEAT_SECONDS, TimeUnit.SECONDS);
                    seconds += BEAT_SECONDS) {
                progress.advanced(step, "still fetching after " + seconds + " s");
                if (seconds > LIMIT_SECONDS) {
                    process.destroy();
                }
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw failure(line, "was interrupted");
        }
        if (process.exitValue() != 0) {
            throw failure(line, "failed with exit code " + process.exitValue() + ": " + tail());
        }
    }

    /** Whether a client that only says who it is does so. */
    boolean succeeds(List<String> line) {
        try {
            return begin(log.resolveSibling(""), line).waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(line, "was interrupted");
        }
    }

    private Process begin(Path folder, List<String> line) {
        try {
            Process process = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw failure(line, "can't be run: " + e);
        }
    }

    private DevstackException failure(List<String> line, String what) {
        return new DevstackException(
                Path.of(line.get(0)).getFileName() + " " + what,
                log.toString(),
                "look at its output there; fetching needs a network, or a mirror in that client's settings");
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                    .filter(l -> !l.isBlank())
                    .toList();
            String end = String.join(" | ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
            return CREDENTIALS.matcher(end).replaceAll("//***@");
        } catch (IOException e) {
            return "its output can't be read: " + e;
        }
    }
}
