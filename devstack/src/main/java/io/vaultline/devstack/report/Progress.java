package io.vaultline.devstack.report;

import java.time.Duration;

/** Hears of each step (a download, the start of a server) while it runs; called from several threads at once. */
public interface Progress {
    /** The step begins. */
    void started(String step);

    /** The step goes on; {@code detail} says how far it is. */
    void advanced(String step, String detail);

    /** The step is done after this time. */
    void finished(String step, Duration took);

    /** The step failed; the exception follows. */
    void failed(String step, String reason);
}
