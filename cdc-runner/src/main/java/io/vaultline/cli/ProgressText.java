package io.vaultline.cli;

import io.vaultline.service.PipelineMetrics.Progress;
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
