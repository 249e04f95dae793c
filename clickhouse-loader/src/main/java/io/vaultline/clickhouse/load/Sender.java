package io.vaultline.clickhouse.load;

import io.vaultline.kafka.ChangeConsumer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Has batches inserted and stays in the group of the loaders meanwhile. For one thread. */
final class Sender {
    private static final Duration POLL = Duration.ofMillis(100);

    /** How long an insert may take before the group is polled beside it. */
    private static final Duration KEEP_ALIVE = Duration.ofMillis(500);

    private final LoadParts parts;
    private final ChangeConsumer consumer;
    private final Held held;

    /** @param held takes what is polled meanwhile, of partitions that come */
    Sender(LoadParts parts, ChangeConsumer consumer, Held held) {
        this.parts = parts;
        this.consumer = consumer;
        this.held = held;
    }

    /** Begins to insert. */
    CompletableFuture<Void> begin(Batch batch) {
        return parts.inserter().insert(batch.waves(parts.config().vaultDatabase()));
    }

    /** Inserts; changes of ownership are told meanwhile. @throws RuntimeException as an insert that failed */
    void send(Batch batch) {
        CompletableFuture<Void> inserted = begin(batch);
        for (Duration patience = KEEP_ALIVE; !Inserter.isDone(inserted, patience); patience = Duration.ZERO) {
            stayInGroup();
        }
        goOn();
    }

    /**
     * Polls, without new changes of what is owned already, long enough for a change of ownership to go on. To be ended by
     * {@link #goOn}.
     */
    void stayInGroup() {
        consumer.pause();
        held.add(consumer.pollRaw(POLL));
    }

    /** From now on polls bring new changes. */
    void goOn() {
        consumer.resume();
        consumer.pause(parts.letters().stopped().among(consumer.assignment()));
    }
}
