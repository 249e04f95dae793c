package io.vaultline.screen;

import io.vaultline.devstack.report.Progress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Steps with a tick and the seconds that they took; those that are under way stand below. For any thread. */
public final class StepList implements Progress {
    private final Screen screen;
    private final Map<String, String> underWay = new LinkedHashMap<>();

    public StepList(Screen screen) {
        this.screen = screen;
    }

    /** Runs a piece of work as one step. */
    public <T> T run(String step, Callable<T> work) throws Exception {
        started(step);
        long begin = System.nanoTime();
        try {
            T result = work.call();
            finished(step, Duration.ofNanos(System.nanoTime() - begin));
            return result;
        } catch (Exception e) {
            failed(step, "");
            throw e;
        }
    }

    @Override
    public synchronized void started(String step) {
        underWay.put(step, "");
        show();
    }

    @Override
    public synchronized void advanced(String step, String detail) {
        underWay.put(step, detail);
        show();
    }

    @Override
    public synchronized void finished(String step, Duration took) {
        underWay.remove(step);
        screen.line(String.format(Locale.ROOT, "  ✓ %-56s %6.1f s", step, took.toMillis() / 1000.0));
        show();
    }

    @Override
    public synchronized void failed(String step, String reason) {
        underWay.remove(step);
        screen.line("  ✗ " + step + (reason.isEmpty() ? "" : ": " + reason));
        show();
    }

    private void show() {
        List<String> lines = underWay.entrySet().stream()
                .map(step -> "  … " + step.getKey() + (step.getValue().isEmpty() ? "" : ": " + step.getValue()))
                .toList();
        screen.show(lines, lines.isEmpty() ? "" : String.join(",", lines).strip());
    }
}
