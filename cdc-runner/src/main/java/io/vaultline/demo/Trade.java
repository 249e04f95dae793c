package io.vaultline.demo;

import io.vaultline.demo.PipelineStatus.Answer;
import io.vaultline.demo.shop.ShopStores;
import io.vaultline.demo.shop.ShopWorkload;
import io.vaultline.demo.shop.Timeline;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.screen.Screen;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Lets the shop work while the pipeline runs, and shows how far both are. */
final class Trade {
    private static final Duration GLANCE = Duration.ofMillis(250);

    private final Screen screen;
    private final PipelineStatus status;
    private final PipelineWatch watch;

    Trade(Screen screen, PipelineStatus status, PipelineWatch watch) {
        this.screen = screen;
        this.status = status;
        this.watch = watch;
    }

    /**
     * Carries out a script to its end.
     *
     * @param before how far the pipeline was when the shop opened
     */
    void run(ShopStores shop, List<List<Timeline.Entry>> script, Duration open, Answer before)
            throws InterruptedException {
        long start = System.nanoTime();
        try (ShopWorkload workload = ShopWorkload.start(shop, script, open)) {
            WorkView view = new WorkView(open.toSeconds(), before);
            while (!workload.await(GLANCE)) {
                watch.check();
                status.ask().ifPresent(view::update);
                double seconds = secondsSince(start);
                screen.show(
                        view.lines(seconds, workload.rows(), workload.transactions()),
                        view.summary(seconds, workload.rows()));
            }
            screen.show(List.of(), "");
            screen.line(String.format(
                    Locale.ROOT,
                    "  ✓ %-56s %6.1f s",
                    String.format(
                            Locale.ROOT,
                            "let the shop work: %,d rows in %,d transactions",
                            workload.rows(),
                            workload.transactions()),
                    secondsSince(start)));
        } catch (SQLException e) {
            throw new PipelineException(
                    ErrorCode.SOURCE_UNREACHABLE,
                    "PostgreSQL refused a write of the shop, SQL state " + e.getSQLState(),
                    "schema shop",
                    "Read PostgreSQL's log below the directory of the demonstration.",
                    e);
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
