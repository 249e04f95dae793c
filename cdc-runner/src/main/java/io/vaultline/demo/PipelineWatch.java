package io.vaultline.demo;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.Watermark;
import io.vaultline.kafka.Watermarks;
import io.vaultline.screen.Screen;
import java.time.Duration;
import java.util.Map;

/** Sees when the pipeline dies, tells how to start it again, and waits for a pipeline to come back. */
final class PipelineWatch {
    /** How long the servers are kept up for a pipeline that is to come back. */
    static final Duration MOURNING = Duration.ofMinutes(2);

    private final PipelineProcess process;
    private final Watermarks watermarks;
    private final Screen screen;
    private boolean told;
    private boolean back;
    private long died;
    private Map<String, Watermark> seen = Map.of();

    PipelineWatch(PipelineProcess process, Watermarks watermarks, Screen screen) {
        this.process = process;
        this.watermarks = watermarks;
        this.screen = screen;
    }

    /** To be called every now and then. @throws PipelineException if the pipeline has died and has not come back in time */
    void check() {
        if (back || process.isAlive()) {
            return;
        }
        Map<String, Watermark> now = watermarks.refresh();
        if (!told) {
            told = true;
            died = System.nanoTime();
            seen = now;
            tell();
        } else if (!now.equals(seen)) {
            back = true;
            screen.line("  ✓ A pipeline is back and goes on where the other one stopped.");
        } else if (System.nanoTime() - died > MOURNING.toNanos()) {
            throw new PipelineException(
                    ErrorCode.PIPELINE_BEHIND,
                    "The pipeline died and none came back within " + MOURNING.toSeconds() + " s",
                    "log " + process.log(),
                    "Read its log: " + process.lastWords());
        }
    }

    private void tell() {
        screen.line("  ✗ The pipeline, process " + process.pid() + ", is gone. The servers and the shop go on.");
        screen.line("    Start it again within " + MOURNING.toSeconds() + " s, in another terminal:");
        screen.line("      " + process.command());
    }
}
