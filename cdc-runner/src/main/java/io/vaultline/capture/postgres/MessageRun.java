package io.vaultline.capture.postgres;

import io.vaultline.capture.engine.StreamRun;
import io.vaultline.capture.output.CommitPace;
import io.vaultline.error.PipelineException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Streams from the slot by our own reader of PostgreSQL's protocol. */
final class MessageRun implements StreamRun {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final long CLOSE_SECONDS = 5;

    private final FeedFactory feeds;
    private final MessageStream stream;
    private final TransactionWriter writer;
    private final CommitPace pace;
    private final Heartbeat heartbeat;
    private final Runnable pause;
    private final Runnable started;
    private final Function<Throwable, PipelineException> failures;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean closing;

    /**
     * @param pause called between two Kafka transactions
     * @param started told when the server streams
     */
    MessageRun(
            FeedFactory feeds,
            MessageStream stream,
            TransactionWriter writer,
            Heartbeat heartbeat,
            Runnable pause,
            Runnable started,
            Function<Throwable, PipelineException> failures) {
        this.feeds = feeds;
        this.stream = stream;
        this.writer = writer;
        this.pace = writer.pace();
        this.heartbeat = heartbeat;
        this.pause = pause;
        this.started = started;
        this.failures = failures;
    }

    /** Starts to stream. */
    @FunctionalInterface
    interface FeedFactory {
        ReplicationFeed open() throws SQLException;
    }

    @Override
    public void run() {
        try (ReplicationFeed feed = feeds.open()) {
            started.run();
            while (!closing) {
                take(feed);
                writer.commit(offset -> feed.acknowledge(ReplicationSlot.commitLsn(offset)));
                pause.run();
            }
        } catch (SQLException e) {
            throw failures.apply(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stream.close();
            finished.countDown();
        }
    }

    /** Takes what there is, up to what one Kafka transaction should hold. */
    private void take(ReplicationFeed feed) throws SQLException, InterruptedException {
        Optional<MessageBlock> block = feed.poll(TICK);
        if (block.isEmpty()) {
            heartbeat.beat();
        }
        pace.begin();
        while (block.isPresent()) {
            stream.take(block.get());
            block = closing || pace.isDue() ? Optional.empty() : feed.poll(pace.rest());
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            finished.await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
