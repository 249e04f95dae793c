package io.vaultline.clickhouse.load;

import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.kafka.RawChange;
import io.vaultline.kafka.TopicNames;
import io.vaultline.letter.DeadLetter;
import io.vaultline.letter.LetterCodec;
import io.vaultline.letter.LetterRequest.Action;
import io.vaultline.letter.Reason;
import io.vaultline.letter.Settlement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes changes into a batch: their rows, or, of those that can't be loaded and those that wait behind one, their letters.
 * For one thread.
 */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final long MICROS_PER_MILLI = 1_000;

    private final TopicNames names;
    private final LiveVault vault;
    private final LetterShelf shelf;
    private final StoppedTables stopped;

    Intake(TopicNames names, LiveVault vault, LetterShelf shelf, StoppedTables stopped) {
        this.names = names;
        this.vault = vault;
        this.shelf = shelf;
        this.stopped = stopped;
    }

    /** Takes changes in their order. */
    void take(List<Polled> changes, Batch batch) {
        for (Polled change : changes) {
            if (stopped.has(change.raw())) {
                stopped.leave(change.raw());
            } else {
                take(change, batch);
            }
        }
    }

    private void take(Polled change, Batch batch) {
        RawChange raw = change.raw();
        if (shelf.touches(raw.partition())) {
            CollectionId id = collection(change);
            if (shelf.has(raw, id.source())) {
                batch.pass(raw);
                return;
            } else if (shelf.blocks(raw, id.source(), row(id, raw))) {
                put(change, Optional.empty(), batch);
                return;
            }
        }
        Optional<Settlement> decision = shelf.settlement(raw);
        if (decision.filter(made -> made.action() == Action.DROP).isPresent()) {
            batch.pass(raw);
        } else {
            Optional<PipelineException> problem = load(change, decision, batch);
            problem.ifPresent(e -> put(change, Optional.of(Reason.of(e)), batch));
        }
    }

    /** Takes the change's rows. Returns why there are none, if it can't be loaded. */
    static Optional<PipelineException> load(Polled change, Optional<Settlement> decision, Batch batch) {
        if (change.event().isEmpty()) {
            return change.problem();
        }
        DataChangeEvent event = change.event().get();
        try {
            batch.add(
                    change.raw(),
                    decision.map(fix -> FixedChange.of(event, fix.values())).orElse(event));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(Polled.problem(e, change.raw().where()));
        }
    }

    private void put(Polled change, Optional<Reason> reason, Batch batch) {
        DeadLetter letter = letter(change, reason);
        try {
            stopped.check(letter, shelf);
            shelf.add(letter);
        } catch (PipelineException full) {
            stopped.stop(change.raw(), full);
            return;
        }
        batch.putAside(change.raw(), record(letter, change.raw()));
        reason.ifPresent(why -> LOG.warn(
                "Dead letter {}: {} ({}); later changes of the row wait", letter.id(), why.what(), why.where()));
    }

    LetterRecord record(DeadLetter letter, RawChange raw) {
        return new LetterRecord(
                raw.partition(), letter, LetterCodec.record(names.deadLetters(), letter, key(raw), raw.value()));
    }

    private DeadLetter letter(Polled change, Optional<Reason> reason) {
        RawChange raw = change.raw();
        CollectionId id = collection(change);
        return new DeadLetter(
                shelf.id(raw),
                shelf.role(),
                id,
                change.event().map(DataChangeEvent::order).orElse(new CommitOrder(0, 0)),
                change.event()
                        .map(event -> event.header().commitMicros())
                        .orElse(raw.timestampMillis() * MICROS_PER_MILLI),
                row(id, raw),
                reason,
                Optional.empty(),
                List.of(),
                Optional.of(LetterShelf.place(raw)));
    }

    /** Changes without a key are about no single row: nothing waits behind them. */
    private static String row(CollectionId id, RawChange raw) {
        byte[] key = raw.key();
        return LetterCodec.row(id, key == null ? raw.where().getBytes(StandardCharsets.UTF_8) : key);
    }

    private static byte[] key(RawChange raw) {
        byte[] key = raw.key();
        return key == null ? new byte[0] : key;
    }

    private CollectionId collection(Polled change) {
        return change.event()
                .map(event -> event.schema().id())
                .orElseGet(() -> collection(change.raw().partition().topic()));
    }

    /** What the topic is about, or at least its source. */
    private CollectionId collection(String topic) {
        return vault.collections().stream()
                .filter(id -> names.changes(id).equals(topic))
                .findFirst()
                .orElseGet(() -> {
                    String[] parts = topic.substring(names.prefix().length()).split("\\.", 3);
                    return new CollectionId(
                            parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : topic);
                });
    }
}
