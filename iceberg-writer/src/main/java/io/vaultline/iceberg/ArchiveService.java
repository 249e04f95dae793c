package io.vaultline.iceberg;

import io.micrometer.core.instrument.MeterRegistry;
import io.vaultline.config.PipelineConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.iceberg.write.CommitListener;
import io.vaultline.service.MetricsSource;
import io.vaultline.service.Role;
import io.vaultline.service.RoleProgress;
import io.vaultline.service.Service;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role that archives: reads changes from Kafka and appends each of them once to its collection's history table.
 *
 * <p>A table's position in Kafka stands in the table itself and moves with the rows. So a crash at any moment, a slow
 * process that has lost its topics without knowing, or an outage end in the same way: what is not committed is
 * forgotten and read again from where the table stands.
 */
public final class ArchiveService implements Service, MetricsSource {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveService.class);
    private static final String NAME = "archive";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(15);

    private final PipelineConfig config;
    private final CommitListener listener;
    private final RoleProgress progress = new RoleProgress(Role.ARCHIVE, NAME);
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean ready;
    private volatile @Nullable Thread worker;

    public ArchiveService(PipelineConfig config) {
        this(config, CommitListener.NONE);
    }

    /** @param listener told how far each commit has come */
    ArchiveService(PipelineConfig config, CommitListener listener) {
        this.config = config;
        this.listener = listener;
    }

    /** The consumer group whose offsets tell how far the history is complete. */
    public static String group(String pipeline) {
        return pipeline + ".archive";
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        progress.bindTo(registry);
    }

    @Override
    public void start(Consumer<PipelineException> onFailure) {
        ArchiveParts parts = ArchiveParts.open(config);
        Thread thread = new Thread(() -> work(parts, onFailure), NAME);
        thread.setDaemon(true);
        worker = thread;
        thread.start();
    }

    @Override
    public boolean ready() {
        return ready;
    }

    /** Commits what has been read, if that takes no longer than 15 seconds. */
    @Override
    public void close() {
        stop.countDown();
        Thread thread = worker;
        if (thread != null) {
            try {
                thread.join(DRAIN_LIMIT.toMillis());
                if (thread.isAlive()) {
                    LOG.warn("The last commits take too long; what they hold is read again at the next start");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void work(ArchiveParts parts, Consumer<PipelineException> onFailure) {
        try (parts) {
            ArchiveLoop loop = new ArchiveLoop(
                    parts,
                    new OpenTables(config.lake().commitInterval(), config.lake().commitRows()),
                    progress,
                    listener);
            rounds(loop);
            loop.drain();
        } catch (PipelineException e) {
            fail(e, onFailure);
        } catch (KafkaException e) {
            fail(refused(e), onFailure);
        } catch (RuntimeException e) {
            fail(
                    new PipelineException(
                            ErrorCode.INTERNAL,
                            "Archiving met something that it does not know: " + e,
                            "consumer group " + group(config.pipeline()),
                            "Start again; if it happens again, report it with the log.",
                            e),
                    onFailure);
        } finally {
            ready = false;
        }
    }

    private void rounds(ArchiveLoop loop) {
        Outage outage = new Outage(PATIENCE);
        while (stop.getCount() > 0) {
            try {
                if (loop.round()) {
                    outage.end();
                }
                ready = loop.ready();
            } catch (PipelineException e) {
                waitOut(outage, e);
                loop.startOver();
            } catch (RetriableException e) {
                waitOut(outage, refused(e));
                loop.startOver();
            }
        }
    }

    private void waitOut(Outage outage, PipelineException failure) {
        ready = false;
        Duration pause = outage.pauseAfter(failure, System.nanoTime()).orElseThrow(() -> failure);
        LOG.warn("{}; trying again in {} ms", failure.getMessage(), pause.toMillis());
        pause(pause);
    }

    private void pause(Duration pause) {
        try {
            if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Stopped during an outage");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PipelineException refused(KafkaException e) {
        boolean passing = e instanceof RetriableException;
        return new PipelineException(
                passing ? ErrorCode.KAFKA_UNREACHABLE : ErrorCode.KAFKA_REFUSES,
                "Kafka fails: " + e.getMessage(),
                "consumer group " + group(config.pipeline()),
                "Check that the brokers run, and that the pipeline's Kafka user may read its topics and use this group.",
                e);
    }

    private static void fail(PipelineException e, Consumer<PipelineException> onFailure) {
        LOG.error("Archiving has stopped: {}", e.getMessage(), e);
        onFailure.accept(e);
    }
}
