package io.vaultline.demo.shop;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/** Carries out a script in its time, each lane on a thread of its own; a lane that is late catches up. */
public final class ShopWorkload implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(20);

    private final Duration open;
    private final ScheduledExecutorService threads;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<ScheduledFuture<?>> ticks = new ArrayList<>();
    private final LongAdder transactions = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final CompletableFuture<Void> done;

    private ShopWorkload(Duration open, ScheduledExecutorService threads, List<Lane> lanes) {
        this.open = open;
        this.threads = threads;
        this.lanes.addAll(lanes);
        this.done =
                CompletableFuture.allOf(lanes.stream().map(lane -> lane.done).toArray(CompletableFuture[]::new));
    }

    /**
     * Begins to carry out a script.
     *
     * @param open how long it takes if the databases keep up
     * @throws SQLException if PostgreSQL refuses the connections
     */
    public static ShopWorkload start(ShopStores stores, List<List<Timeline.Entry>> script, Duration open)
            throws SQLException {
        List<Lane> lanes = new ArrayList<>();
        for (List<Timeline.Entry> entries : script) {
            lanes.add(new Lane(new ShopClerk(stores), new ArrayDeque<>(entries)));
        }
        ScheduledExecutorService threads =
                Executors.newScheduledThreadPool(lanes.size(), work -> new Thread(work, "shop"));
        ShopWorkload workload = new ShopWorkload(open, threads, lanes);
        workload.begin(System.nanoTime());
        return workload;
    }

    /**
     * Waits for the end.
     *
     * @return whether it has come within that time
     * @throws SQLException if PostgreSQL refused a step; a failure of MongoDB is thrown as it is
     */
    public boolean await(Duration patience) throws SQLException, InterruptedException {
        try {
            done.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException refused) {
                throw refused;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        }
    }

    /** Committed transactions so far. */
    public long transactions() {
        return transactions.sum();
    }

    /** Rows and documents written so far. */
    public long rows() {
        return rows.sum();
    }

    private void begin(long start) {
        for (Lane lane : lanes) {
            ticks.add(
                    threads.scheduleAtFixedRate(() -> advance(lane, start), 0, TICK.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private void advance(Lane lane, long start) {
        if (lane.done.isDone()) {
            return;
        }
        double now = (double) (System.nanoTime() - start) / open.toNanos();
        try {
            while (!lane.entries.isEmpty() && lane.entries.element().at() <= now && !threads.isShutdown()) {
                rows.add(lane.clerk.run(lane.entries.remove().step()));
                transactions.increment();
            }
            if (lane.entries.isEmpty()) {
                lane.done.complete(null);
            }
        } catch (SQLException | RuntimeException e) {
            lane.done.completeExceptionally(e);
        }
    }

    /** Stops, also in the middle. */
    @Override
    public void close() throws SQLException {
        ticks.forEach(tick -> tick.cancel(false));
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        for (Lane lane : lanes) {
            lane.clerk.close();
        }
    }

    private static final class Lane {
        private final ShopClerk clerk;
        private final Deque<Timeline.Entry> entries;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Lane(ShopClerk clerk, Deque<Timeline.Entry> entries) {
            this.clerk = clerk;
            this.entries = entries;
        }
    }
}
