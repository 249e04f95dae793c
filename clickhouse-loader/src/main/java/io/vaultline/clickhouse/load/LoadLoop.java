package io.vaultline.clickhouse.load;

import io.vaultline.clickhouse.load.CrashPoint.Place;
import io.vaultline.config.ClickHouseConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.kafka.ChangeConsumer;
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
import java.util.UUID;
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

    /** How long a rebalance waits for rows of partitions that are taken away. */
    private static final Duration REVOKE_PATIENCE = Duration.ofSeconds(10);

    private final LoadParts parts;
    private final ClickHouseConfig config;
    private final LiveVault vault;
    private final LoadState state;
    private final ChangeConsumer consumer;
    private final OffsetCommitter offsets;

    private final Sender sender;
    private final Held held = new Held();
    private final Pace pace;
    private final LetterParts letters;
    private final Intake intake;
    private final Redo redo;

    /** Changes delivered so far by requests that are not carried out to their end. */
    private final Map<String, Long> delivered = new HashMap<>();

    private Batch batch;
    /** Whether the batch is being inserted. */
    private boolean inFlight;

    private long schemasReadAt = System.nanoTime();

    /** @param consumers makes the consumer, which tells its changes of ownership to what it is given */
    LoadLoop(LoadParts parts, LoadState state, ConsumerFactory consumers) {
        this.parts = parts;
        this.config = parts.config();
        this.vault = parts.vault();
        this.state = state;
        this.letters = parts.letters();
        this.intake = new Intake(parts.names(), vault, letters.shelf(), letters.stopped());
        this.redo = new Redo(letters, parts.names(), vault);
        this.pace = new Pace(config.flushInterval());
        this.batch = emptyBatch();
        this.consumer = consumers.create(parts.catalog(), new Ownership());
        this.sender = new Sender(parts, consumer, held);
        this.offsets = new OffsetCommitter(consumer, letters.writer());
    }

    /** Works until it is told to stop, then finishes what it has. Closes the consumer in any case. */
    void run() {
        try {
            while (!state.stopping()) {
                held.add(consumer.pollRaw(pollTimeout()));
                load();
                state.polled(batch);
                followSchemas();
                letters.desk().look(consumer.assignment()).forEach(this::deliver);
                if (isDue()) {
                    flush();
                }
                parts.freshness().look(consumer);
            }
            flush();
        } finally {
            // what could not be inserted is not tried again while the consumer leaves its group
            batch = emptyBatch();
            consumer.close();
        }
    }

    private Batch emptyBatch() {
        return emptyBatch(UUID.randomUUID().toString());
    }

    private Batch emptyBatch(String id) {
        return new Batch(id, vault.stored(), vault.mapper(), letters.ranges());
    }

    /** Ends a poll that waits; from any thread. */
    void wakeup() {
        consumer.wakeup();
    }

    private void load() {
        List<Polled> changes = new ArrayList<>();
        held.take().forEach(raw -> changes.add(Polled.of(consumer, raw)));
        if (vault.isBehind(changes)) {
            follow();
        }
        catchUp();
        changes.removeIf(change -> held.hasLeft(change.raw()));
        intake.take(changes, batch);
        letters.stopped().takeGoBack().forEach(consumer::seek);
        consumer.pause(letters.stopped().among(consumer.assignment()));
    }

    /** Nothing is taken before what was planned is done, and before it is known what waits. */
    private void catchUp() {
        while (true) {
            try {
                redoPlans();
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

    /** With the newest shapes, since the records of a plan can have those; they may set positions back, and end plans. */
    private void redoPlans() {
        for (Optional<BlockPlan> plan = redo.next(consumer); plan.isPresent(); plan = redo.next(consumer)) {
            if (!followNewest()) {
                redo(plan.get());
            }
        }
    }

    /** Whether the vault was behind. */
    private boolean followNewest() {
        parts.catalog().refresh();
        boolean behind = vault.isBehind();
        if (behind) {
            follow();
        }
        return behind;
    }

    private void redo(BlockPlan plan) {
        Batch again = emptyBatch(plan.id());
        redo.fill(again, plan, consumer);
        sender.send(again);
        Map<TopicPartition, Long> next = redo.end();
        offsets.commit(
                next,
                again.letters().stream()
                        .filter(letter -> next.containsKey(letter.partition()))
                        .toList());
        held.leave(next.keySet());
        next.forEach(consumer::seek);
        while (!offsets.isIdle() && !state.stopping()) {
            sender.stayInGroup();
            offsets.retry();
        }
        sender.goOn();
    }

    /** Carries out what people ask about dead letters; what can't be done now is done when it is looked for again. */
    private void deliver(LetterRequest request) {
        flush();
        followNewest();
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
        Batch again = emptyBatch(request.id());
        try (TopicTail tail = letters.tail()) {
            delivery.fill(again, MAX_BATCH_BYTES, tail, raw -> Polled.of(consumer, raw));
        }
        sender.send(again);
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

    /** Brings the vault up to the newest schemas; may set positions back. */
    private void follow() {
        flush();
        Set<CollectionId> known = vault.collections();
        Set<String> topics = new HashSet<>();
        vault.follow(parts.server(), collections -> {
            collections.stream()
                    .filter(known::contains)
                    .map(parts.names()::changes)
                    .forEach(topics::add);
            readAgain(topics);
        });
        batch = emptyBatch();
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
            held.leave(first.keySet());
            offsets.commit(first, List.of());
            first.forEach(consumer::seek);
        }
    }

    private boolean isDue() {
        return batch.taken() >= config.flushRows()
                || batch.bytes() >= MAX_BATCH_BYTES
                || batch.ageNanos() >= pace.patience().toNanos();
    }

    private Duration pollTimeout() {
        if (batch.isEmpty()) {
            return LONGEST_POLL;
        }
        Duration left = pace.patience().minusNanos(batch.ageNanos());
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(LONGEST_POLL) < 0 ? left : LONGEST_POLL;
    }

    /** Inserts the batch and commits its offsets; stays in the group however long that takes. */
    private void flush() {
        while (!batch.isEmpty() && !offsets.areNoted(batch.plans())) {
            if (state.stopping()) {
                return;
            }
            sender.stayInGroup();
        }
        if (batch.isEmpty()) {
            sender.goOn();
            return;
        }
        parts.crashPoint().reach(Place.PLANNED);
        long start = System.nanoTime();
        inFlight = true;
        try {
            sender.send(batch);
        } finally {
            inFlight = false;
        }
        pace.inserted(Duration.ofNanos(System.nanoTime() - start));
        state.paced(pace.patience());
        finish();
    }

    private void finish() {
        parts.crashPoint().reach(Place.INSERTED_NOT_COMMITTED);
        offsets.commit(batch.nextOffsets(), batch.letters());
        state.loaded(batch);
        batch = emptyBatch();
    }

    /** What a change of ownership means for what is in hand. Called while polling, by this loop's thread. */
    private final class Ownership implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.info("Loading from {}", partitions);
            own(partitions);
        }

        /**
         * What was read from these partitions is inserted and committed now, or left to their next owner. A batch that may
         * still be inserted when there is no more time for it is all done again as planned, ours as well.
         */
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            Set<TopicPartition> unsure = new HashSet<>(partitions);
            if (!inFlight && !batch.isEmpty()) {
                if (offsets.areNoted(batch.plans()) && Inserter.isDone(sender.begin(batch), REVOKE_PATIENCE)) {
                    finish();
                } else {
                    unsure.addAll(batch.partitions());
                }
            }
            leave(partitions, unsure);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            leave(partitions, partitions);
        }

        private void leave(Collection<TopicPartition> lost, Collection<TopicPartition> unsure) {
            held.leave(lost);
            offsets.forget(lost);
            disown(lost);
            if (inFlight) {
                batch.forget(lost);
            } else {
                readAgain(batch.giveUp(unsure), lost);
            }
            release();
        }

        private void own(Collection<TopicPartition> partitions) {
            letters.shelf().own(partitions);
            redo.own(partitions);
        }

        private void disown(Collection<TopicPartition> partitions) {
            letters.shelf().disown(partitions);
            redo.disown(partitions);
        }

        /** What is still ours of blocks that were given up is as if it had come just now. */
        private void readAgain(Map<TopicPartition, Long> givenUp, Collection<TopicPartition> lost) {
            Map<TopicPartition, Long> again = new HashMap<>(givenUp);
            again.keySet().removeAll(lost);
            again.keySet().retainAll(consumer.assignment());
            held.leave(again.keySet());
            disown(again.keySet());
            own(again.keySet());
            again.forEach(consumer::seek);
        }
    }
}
