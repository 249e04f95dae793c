package io.vaultline.demo;

import io.vaultline.screen.Screen;
import io.vaultline.service.StopSignal;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs the demonstration on a thread of its own, so that a request to end interrupts it wherever it is, and everything
 * that it has opened is closed from here.
 */
final class Demo {
    /** Exit code of a process that was asked to end before it was done: what a shell shows after SIGINT. */
    static final int STOPPED = 130;

    private final DemoOptions options;
    private final Screen screen;

    Demo(DemoOptions options, Screen screen) {
        this.options = options;
        this.screen = screen;
    }

    /** Returns the exit code. @throws Exception what kept the demonstration from its end */
    int run() throws Exception {
        AtomicBoolean stopped = new AtomicBoolean();
        try (StopSignal signal = new StopSignal();
                Resources resources = new Resources()) {
            FutureTask<Integer> story = new FutureTask<>(new DemoStory(options, screen, resources)::tell);
            Thread thread = new Thread(story, "demo");
            thread.start();
            signal.whenAsked(() -> {
                stopped.set(true);
                screen.show(List.of(), "");
                screen.line("  Stopping …");
                thread.interrupt();
            });
            return story.get();
        } catch (ExecutionException e) {
            if (stopped.get()) {
                return STOPPED;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
