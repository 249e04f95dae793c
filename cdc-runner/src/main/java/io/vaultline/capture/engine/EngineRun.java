package io.vaultline.capture.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of Debezium's engine, from an offset until it is closed or fails. */
public final class EngineRun implements StreamRun {
    private static final Logger LOG = LoggerFactory.getLogger(EngineRun.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long BATCH_SECONDS = 5;
    private static final int CLOSE_ATTEMPTS = 40;

    private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private final BatchHandler handler;
    private final Function<Throwable, PipelineException> failures;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final ReentrantLock batch = new ReentrantLock();
    private volatile boolean closing;

    /**
     * @param settings the connector's own, without what this class sets
     * @param offset where to start
     * @param failures says what an exception of the engine means
     * @param started told when the connector's task has started
     */
    public EngineRun(
            Map<String, String> settings,
            Map<String, Object> offset,
            BatchHandler handler,
            Function<Throwable, PipelineException> failures,
            Runnable started) {
        this.handler = handler;
        this.failures = failures;
        this.engine = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(properties(settings, offset))
                .using(onTaskStarted(started))
                .using(this::completed)
                .notifying(new Consumer())
                .build();
    }

    private static Properties properties(Map<String, String> settings, Map<String, Object> offset) {
        Properties all = new Properties();
        all.putAll(settings);
        all.put("offset.storage", DurableOffsets.class.getName());
        all.put(DurableOffsets.START, json(offset));
        all.put("offset.flush.interval.ms", "0");
        all.put("record.processing.threads", "1");
        all.put("record.processing.shutdown.timeout.ms", "100");
        all.put("task.management.timeout.ms", "20000");
        all.put("executor.shutdown.timeout.ms", "2000");
        all.put("errors.max.retries", "0");
        all.put("poll.interval.ms", "10");
        all.put("snapshot.mode", "no_data");
        all.put("tombstones.on.delete", "false");
        all.put("skipped.operations", "none");
        all.put("event.converting.failure.handling.mode", "fail");
        all.put("event.processing.failure.handling.mode", "fail");
        all.put("statistics.metrics.enabled", "false");
        return all;
    }

    private static String json(Map<String, Object> offset) {
        try {
            return JSON.writeValueAsString(offset);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an offset of numbers and strings is JSON", e);
        }
    }

    private static DebeziumEngine.ConnectorCallback onTaskStarted(Runnable started) {
        return new DebeziumEngine.ConnectorCallback() {
            @Override
            public void taskStarted() {
                started.run();
            }
        };
    }

    @Override
    public void run() {
        engine.run();
        Throwable cause = failure.get();
        if (closing) {
            return;
        }
        if (cause != null) {
            throw failures.apply(cause);
        }
        throw new PipelineException(
                ErrorCode.CAPTURE_FAILED, "The connector stopped by itself", "capture", "Start the pipeline again.");
    }

    private void completed(boolean success, String message, Throwable error) {
        if (error != null) {
            failure.compareAndSet(null, error);
        }
        finished.countDown();
    }

    @Override
    public void close() {
        closing = true;
        try {
            if (batch.tryLock(BATCH_SECONDS, TimeUnit.SECONDS)) {
                batch.unlock();
            }
            closeEngine();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The engine refuses to be closed while its task starts; then it is asked again. */
    private void closeEngine() throws InterruptedException {
        for (int attempt = 0; attempt < CLOSE_ATTEMPTS && finished.getCount() > 0; attempt++) {
            try {
                engine.close();
                return;
            } catch (IllegalStateException e) {
                LOG.debug("The engine can't be closed yet: {}", e.getMessage());
                if (finished.await(100, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Hands batches on, one at a time, and none after {@link #close()} began. */
    private final class Consumer implements ChangeConsumer<RecordChangeEvent<SourceRecord>> {
        @Override
        public void handleBatch(
                List<RecordChangeEvent<SourceRecord>> events,
                RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
                throws InterruptedException {
            batch.lockInterruptibly();
            try {
                if (closing || events.isEmpty()) {
                    return;
                }
                List<SourceRecord> records =
                        events.stream().map(RecordChangeEvent::record).toList();
                handler.handle(records, offset -> advance(events.get(0), offset, committer));
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
                throw e;
            } finally {
                batch.unlock();
            }
        }

        /** The record names the source's partition only, of which there is one. */
        private void advance(
                RecordChangeEvent<SourceRecord> any,
                Map<String, Object> offset,
                RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
                throws InterruptedException {
            DebeziumEngine.Offsets offsets = committer.buildOffsets();
            offset.forEach(offsets::set);
            committer.markProcessed(any, offsets);
            committer.markBatchFinished();
        }
    }
}
