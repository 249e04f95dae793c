package io.vaultline.cli;

import io.vaultline.service.PipelineMetrics.Progress;
import io.vaultline.service.PipelineMetrics.Snapshot;
import io.vaultline.service.Role;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says in one line how far each role has come. */
final class ProgressText {
    private ProgressText() {}

    /** For each role that has services: changes in all, changes a second since before, and the largest lag. */
    static String line(List<Progress> before, List<Progress> now, Duration between) {
        return now.stream()
                .map(Progress::role)
                .distinct()
                .map(role -> role(role, of(role, before), of(role, now), between))
                .collect(Collectors.joining(", "));
    }

    /** How far the snapshot of a table is, honest about what is not known. */
    static String line(Snapshot snapshot) {
        String rows = String.format(Locale.ROOT, "%,d rows, %,.0f/s", snapshot.rows(), snapshot.rowsPerSecond());
        if (Double.isNaN(snapshot.share())) {
            return "snapshot of " + snapshot.table() + ": " + rows + ", more than was estimated";
        }
        String left = Double.isNaN(snapshot.remainingSeconds())
                ? ""
                : ", about " + time(Math.round(snapshot.remainingSeconds())) + " left";
        return String.format(
                Locale.ROOT,
                "snapshot of %s: %s, %.0f %% of about %,d%s",
                snapshot.table(),
                rows,
                100 * snapshot.share(),
                snapshot.estimatedRows(),
                left);
    }

    private static String time(long seconds) {
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
    }

    private static String role(Role role, List<Progress> before, List<Progress> now, Duration between) {
        double rate = (sum(now) - sum(before)) / Math.max(0.001, between.toMillis() / 1000.0);
        double lag = now.stream().mapToDouble(Progress::lagSeconds).max().orElse(0);
        return String.format(Locale.ROOT, "%s %,d (%,.0f/s, lag %.1f s)", verb(role), sum(now), rate, lag);
    }

    private static String verb(Role role) {
        return switch (role) {
            case CAPTURE -> "captured";
            case LOAD -> "loaded";
            case ARCHIVE -> "archived";
        };
    }

    private static List<Progress> of(Role role, List<Progress> all) {
        return all.stream().filter(progress -> progress.role() == role).toList();
    }

    private static long sum(List<Progress> all) {
        return all.stream().mapToLong(Progress::changes).sum();
    }
}
