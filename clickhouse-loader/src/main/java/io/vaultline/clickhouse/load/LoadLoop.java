package io.vaultline.clickhouse.load;

import io.vaultline.clickhouse.load.CrashPoint.Place;
import io.vaultline.clickhouse.server.PatientGateway;
import io.vaultline.config.ClickHouseConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.kafka.ChangeConsumer;
import io.vaultline.kafka.RawChange;
import io.vaultline.kafka.SchemaCatalog;
import io.vaultline.kafka.TopicTail;
import io.vaultline.letter.LetterRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
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
    private final List<RawChange> held = new ArrayList<>();

    private final LetterParts letters;
    private final Intake intake;

    /** Changes delivered so far by requests that are not carried out to their end. */
    private final Map<String, Long> delivered = new HashMap<>();

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
        this.letters = parts.letters();
        this.intake = new Intake(parts.names(), vault, letters.shelf(), letters.stopped());
        this.batch = emptyBatch();
        this.consumer = consumers.create(parts.catalog(), new Ownership());
        this.offsets = new OffsetCommitter(consumer, letters.writer());
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
                load(consumer.pollRaw(pollTimeout()));
                state.polled(batch);
                followSchemas();
                letters.desk().look(consumer.assignment()).forEach(this::deliver);
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
        batch = emptyBatch();
    }

    private Batch emptyBatch() {
        return new Batch(vault.stored(), vault.mapper(), letters.ranges());
    }

    /** Ends a poll that waits; from any thread. */
    void wakeup() {
        consumer.wakeup();
    }

    private void load(List<RawChange> polled) {
        List<Polled> changes = new ArrayList<>();
        held.forEach(raw -> changes.add(Polled.of(consumer, raw)));
        held.clear();
        polled.forEach(raw -> changes.add(Polled.of(consumer, raw)));
        if (vault.isBehind(changes)) {
            Set<String> again = follow();
            changes.removeIf(change -> again.contains(change.raw().partition().topic()));
        }
        catchUp();
        Set<TopicPartition> owned = consumer.assignment();
        changes.removeIf(change -> !owned.contains(change.raw().partition()));
        intake.take(changes, batch);
        letters.stopped().takeGoBack().forEach(consumer::seek);
        consumer.pause(letters.stopped().among(consumer.assignment()));
    }

    /** Nothing is taken before it is known what waits. */
    private void catchUp() {
        while (true) {
            try {
                letters.shelf().catchUp();
                return;
            } catch (PipelineException e) {
                if (e.code() != ErrorCode.KAFKA_UNREACHABLE || state.stopping()) {
                    throw e;
                }
                LOG.warn("Waiting for Kafka: {}", e.getMessage());
            }
        }
    }

    /** Carries out what people ask about dead letters; what can't be done now is done when it is looked for again. */
    private void deliver(LetterRequest request) {
        flush();
        parts.catalog().refresh();
        if (vault.isBehind()) {
            follow();
        }
        Optional<TopicPartition> partition = consumer.assignment().stream()
                .filter(owned ->
                        request.partition().filter(owned.toString()::equals).isPresent())
                .findFirst();
        if (partition.isEmpty() || !offsets.isIdle()) {
            return;
        }
        catchUp();
        Delivery delivery = new Delivery(
                parts.names(), letters.shelf(), request, partition.get(), delivered.getOrDefault(request.id(), 0L));
        Batch again = emptyBatch();
        try (TopicTail tail = letters.tail()) {
            delivery.fill(again, MAX_BATCH_BYTES, tail, raw -> Polled.of(consumer, raw));
        }
        await(parts.inserter().insert(again.waves(config.vaultDatabase())));
        parts.crashPoint().reach(Place.DELIVERED_NOT_COMMITTED);
        if (consumer.assignment().contains(delivery.partition())) {
            end(delivery);
        }
    }

    /** Whoever is no longer in the group's present generation can't write. */
    private void end(Delivery delivery) {
        TopicPartition partition = delivery.partition();
        long next = consumer.committed(partition).orElse(0);
        try {
            letters.writer().write(delivery.records(), Map.of(partition, next), consumer.groupMetadata());
        } catch (KafkaException e) {
            LOG.warn("A request about dead letters waits: {}", e.getMessage());
            return;
        }
        delivery.done();
        delivered.put(delivery.request().id(), delivery.delivered());
        delivery.answer().ifPresent(answer -> {
            letters.desk().answered(delivery.request(), answer);
            delivered.remove(delivery.request().id());
        });
        release();
    }

    /** Tables that were stopped are tried again. */
    private void release() {
        Collection<TopicPartition> stopped = letters.stopped().among(consumer.assignment());
        letters.stopped().release();
        consumer.resume(stopped);
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
        batch = emptyBatch();
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
            offsets.commit(first, List.of());
            first.forEach(consumer::seek);
        }
    }

    private boolean isDue() {
        return batch.taken() >= config.flushRows()
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
        await(insert());
        finish();
    }

    /** Stays in the group however long it takes. */
    private void await(CompletableFuture<Void> inserted) {
        inserting = true;
        try {
            while (!isDone(inserted, KEEP_ALIVE)) {
                consumer.pause();
                held.addAll(consumer.pollRaw(Duration.ZERO));
            }
        } finally {
            inserting = false;
        }
        consumer.resume();
        consumer.pause(letters.stopped().among(consumer.assignment()));
    }

    private CompletableFuture<Void> insert() {
        return parts.inserter().insert(batch.waves(config.vaultDatabase()));
    }

    private void finish() {
        parts.crashPoint().reach(Place.INSERTED_NOT_COMMITTED);
        offsets.commit(batch.nextOffsets(), batch.letters());
        state.loaded(batch);
        batch = emptyBatch();
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
            letters.shelf().own(partitions);
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
            letters.shelf().disown(partitions);
            release();
        }
    }
}
