package io.vaultline.devstack.report;

import java.time.Duration;

/** Progress that nobody wants to hear of, as in most tests. */
public final class SilentProgress implements Progress {
    @Override
    public void started(String step) {}

    @Override
    public void advanced(String step, String detail) {}

    @Override
    public void finished(String step, Duration took) {}

    @Override
    public void failed(String step, String reason) {}
}
