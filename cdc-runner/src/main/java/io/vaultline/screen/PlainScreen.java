package io.vaultline.screen;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** For logs and pipes: every line stays, and of what moves a summary every five seconds. */
final class PlainScreen implements Screen {
    private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

    private final PrintStream out;
    private long shown = System.nanoTime() - INTERVAL;
    private String last = "";

    PlainScreen(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void line(String text) {
        out.println(text);
    }

    @Override
    public synchronized void show(List<String> moving, String summary) {
        long now = System.nanoTime();
        if (!summary.isEmpty() && !summary.equals(last) && now - shown >= INTERVAL) {
            out.println(summary);
            shown = now;
            last = summary;
        }
    }
}
