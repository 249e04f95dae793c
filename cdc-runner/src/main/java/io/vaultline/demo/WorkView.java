package io.vaultline.demo;

import io.vaultline.demo.PipelineStatus.Answer;
import io.vaultline.demo.PipelineStatus.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Draws how far source and stores are while the shop is open. */
final class WorkView {
    private static final int BAR = 28;

    private final long openSeconds;
    private final Counter captured;
    private final Counter loaded;
    private final Counter archived;

    /** @param before how far the pipeline was when the shop opened; what was captured before is not counted */
    WorkView(long openSeconds, Answer before) {
        this.openSeconds = openSeconds;
        long there = before.captured().changes();
        this.captured = new Counter(there, Answer::captured);
        this.loaded = new Counter(there, Answer::loaded);
        this.archived = new Counter(there, Answer::archived);
        update(before);
    }

    /** Takes in what the pipeline says of itself now. */
    void update(Answer now) {
        captured.update(now);
        loaded.update(now);
        archived.update(now);
    }

    /** The view as lines, with the rows written at the sources so far. */
    List<String> lines(double seconds, long rows, long transactions) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "  the shop is open         %s  %.0f of %d s",
                bar(seconds / (double) openSeconds),
                Math.min(seconds, (double) openSeconds),
                openSeconds));
        lines.add(String.format(
                Locale.ROOT, "  written at the sources   %,9d rows in %,d transactions", rows, transactions));
        lines.add(line("captured into Kafka", captured, rows));
        lines.add(line("loaded into ClickHouse", loaded, rows));
        lines.add(line("archived in Iceberg", archived, rows));
        return lines;
    }

    /** The same in one line. */
    String summary(double seconds, long rows) {
        return String.format(
                Locale.ROOT,
                "  %2.0f of %d s: written %,d, captured %,d (lag %.1f s), loaded %,d (%.1f s), archived %,d (%.1f s)",
                seconds,
                openSeconds,
                rows,
                captured.changes(),
                captured.lag,
                loaded.changes(),
                loaded.lag,
                archived.changes(),
                archived.lag);
    }

    private static String line(String what, Counter counter, long rows) {
        double share = rows == 0 ? 1 : (double) counter.changes() / rows;
        return String.format(
                Locale.ROOT, "  %-24s %,9d changes  %s  lag %.1f s", what, counter.changes(), bar(share), counter.lag);
    }

    private static String bar(double share) {
        int full = (int) Math.round(BAR * Math.max(0, Math.min(1, share)));
        return "█".repeat(full) + "░".repeat(BAR - full);
    }

    /** Counts on when a new process begins at zero again. */
    private static final class Counter {
        private final Function<Answer, Progress> part;
        private final long before;
        private long ofEarlierProcesses;
        private long ofThisProcess;
        private double lag;

        Counter(long before, Function<Answer, Progress> part) {
            this.before = before;
            this.part = part;
        }

        private void update(Answer now) {
            Progress progress = part.apply(now);
            if (progress.changes() < ofThisProcess) {
                ofEarlierProcesses += ofThisProcess;
            }
            ofThisProcess = progress.changes();
            lag = progress.lagSeconds();
        }

        long changes() {
            return Math.max(0, ofEarlierProcesses + ofThisProcess - before);
        }
    }
}
