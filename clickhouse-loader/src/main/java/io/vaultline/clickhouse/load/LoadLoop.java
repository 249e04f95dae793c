package io.vaultline.clickhouse.load;

import io.vaultline.clickhouse.load.CrashPoint.Place;
import io.vaultline.clickhouse.server.PatientGateway;
import io.vaultline.config.ClickHouseConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.kafka.ChangeConsumer;
import io.vaultline.kafka.ChangeRecord;
import io.vaultline.kafka.SchemaCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls, maps, inserts, commits, in this order and on one thread. Offsets are committed only for rows that are in
 * ClickHouse; what is inserted again after a crash is the same rows, and counts once.
 */
final class LoadLoop {
    private static final Logger LOG = LoggerFactory.getLogger(LoadLoop.class);

    /** Size at which a batch is sent whatever its number of rows, in bytes. */
    private static final long MAX_BATCH_BYTES = 32L * 1024 * 1024;

    private static final Duration LONGEST_POLL = Duration.ofMillis(200);
    private static final Duration SCHEMA_REFRESH = Duration.ofMillis(500);

    /** How long an insert may take before the loop polls beside it, so as to stay in its group. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(2);

    /** How long a rebalance waits for rows of partitions that are taken away. */
    private static final Duration REVOKE_PATIENCE = Duration.ofSeconds(10);

    private final LoadParts parts;
    private final ClickHouseConfig config;
    private final PatientGateway server;
    private final LiveVault vault;
    private final LoadState state;
    private final ChangeConsumer consumer;
    private final OffsetCommitter offsets;

    /** Changes that were polled while an insert took long; they come before what is polled next. */
    private final List<ChangeRecord> held = new ArrayList<>();

    private Batch batch;
    private boolean inserting;
    private long schemasReadAt = System.nanoTime();

    /** @param consumers makes the consumer, which tells its changes of ownership to what it is given */
    LoadLoop(LoadParts parts, LoadState state, ConsumerFactory consumers) {
        this.parts = parts;
        this.config = parts.config();
        this.server = parts.server();
        this.vault = parts.vault();
        this.state = state;
        this.batch = new Batch(vault.stored(), vault.mapper());
        this.consumer = consumers.create(parts.catalog(), new Ownership());
        this.offsets = new OffsetCommitter(consumer);
    }

    /** Makes a consumer that has joined no group yet. */
    @FunctionalInterface
    interface ConsumerFactory {
        ChangeConsumer create(SchemaCatalog schemas, ConsumerRebalanceListener listener);
    }

    /** Works until it is told to stop, then finishes what it has. Closes the consumer in any case. */
    void run() {
        try {
            while (!state.stopping()) {
                load(consumer.poll(pollTimeout()));
                state.polled(batch);
                followSchemas();
                if (isDue()) {
                    flush();
                }
            }
            flush();
        } finally {
            abandon();
            consumer.close();
        }
    }

    /** What could not be inserted is not tried again while the consumer leaves its group. */
    private void abandon() {
        batch = new Batch(vault.stored(), vault.mapper());
    }

    /** Ends a poll that waits; from any thread. */
    void wakeup() {
        consumer.wakeup();
    }

    private void load(List<ChangeRecord> polled) {
        List<ChangeRecord> changes = new ArrayList<>(held);
        held.clear();
        changes.addAll(polled);
        if (vault.isBehind(changes)) {
            Set<String> again = follow();
            changes.removeIf(change -> again.contains(change.partition().topic()));
        }
        changes.forEach(batch::add);
    }

    /** Looks for schemas that no change has come with yet: their tables are empty, but they are there. */
    private void followSchemas() {
        if (System.nanoTime() - schemasReadAt < SCHEMA_REFRESH.toNanos()) {
            return;
        }
        offsets.retry();
        try {
            parts.catalog().refresh();
        } catch (PipelineException e) {
            if (e.code() != ErrorCode.KAFKA_UNREACHABLE) {
                throw e;
            }
            LOG.warn("Waiting for Kafka: {}", e.getMessage());
        }
        if (vault.isBehind()) {
            follow();
        }
        schemasReadAt = System.nanoTime();
    }

    /** Brings the vault up to the newest schemas. @return topics that are read again, from their first record */
    private Set<String> follow() {
        flush();
        Set<CollectionId> known = vault.collections();
        Set<String> topics = new HashSet<>();
        vault.follow(server, collections -> {
            collections.stream()
                    .filter(known::contains)
                    .map(parts.names()::changes)
                    .forEach(topics::add);
            readAgain(topics);
        });
        batch = new Batch(vault.stored(), vault.mapper());
        return topics;
    }

    /** Committed at once: should we end here, whoever comes next creates the tables and reads all of it. */
    private void readAgain(Set<String> topics) {
        Map<TopicPartition, Long> first = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            if (topics.contains(partition.topic())) {
                first.put(partition, 0L);
            }
        }
        if (!first.isEmpty()) {
            LOG.info("Reading again from the first record, for tables that are new: {}", first.keySet());
            held.removeIf(change -> first.containsKey(change.partition()));
            offsets.commit(first);
            first.forEach(consumer::seek);
        }
    }

    private boolean isDue() {
        return batch.changes() >= config.flushRows()
                || batch.bytes() >= MAX_BATCH_BYTES
                || batch.ageNanos() >= config.flushInterval().toNanos();
    }

    private Duration pollTimeout() {
        if (batch.isEmpty()) {
            return LONGEST_POLL;
        }
        Duration left = config.flushInterval().minusNanos(batch.ageNanos());
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(LONGEST_POLL) < 0 ? left : LONGEST_POLL;
    }

    /** Inserts the batch and commits its offsets; stays in the group however long that takes. */
    private void flush() {
        if (batch.isEmpty()) {
            return;
        }
        CompletableFuture<Void> inserted = insert();
        inserting = true;
        try {
            while (!isDone(inserted, KEEP_ALIVE)) {
                consumer.pause();
                held.addAll(consumer.poll(Duration.ZERO));
            }
        } finally {
            inserting = false;
        }
        consumer.resume();
        finish();
    }

    private CompletableFuture<Void> insert() {
        return parts.inserter().insert(batch.waves(config.vaultDatabase()));
    }

    private void finish() {
        parts.crashPoint().reach(Place.INSERTED_NOT_COMMITTED);
        offsets.commit(batch.nextOffsets());
        state.loaded(batch);
        batch = new Batch(vault.stored(), vault.mapper());
    }

    private static boolean isDone(CompletableFuture<Void> inserted, Duration patience) {
        try {
            inserted.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : Failures.internal(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.internal(e);
        }
    }

    /** What a change of ownership means for what is in hand. Called while polling, by this loop's thread. */
    private final class Ownership implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.info("Loading from {}", partitions);
        }

        /** What was read from these partitions is inserted and committed now, or left to their next owner. */
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!inserting && !batch.isEmpty() && isDone(insert(), REVOKE_PATIENCE)) {
                finish();
            }
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            held.removeIf(change -> partitions.contains(change.partition()));
            batch.forget(partitions);
            offsets.forget(partitions);
        }
    }
}
