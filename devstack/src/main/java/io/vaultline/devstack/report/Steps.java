package io.vaultline.devstack.report;

import java.time.Duration;
import java.util.function.Supplier;

/** Reports the begin, the time taken and the failure of a piece of work. */
public final class Steps {
    private Steps() {}

    /** Runs the work as one step and returns its result; a failure is reported and thrown on. */
    public static <T> T run(Progress progress, String step, Supplier<T> work) {
        progress.started(step);
        long begin = System.nanoTime();
        try {
            T result = work.get();
            progress.finished(step, Duration.ofNanos(System.nanoTime() - begin));
            return result;
        } catch (RuntimeException e) {
            progress.failed(step, e instanceof DevstackException d ? d.what() : e.toString());
            throw e;
        }
    }
}
