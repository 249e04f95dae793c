package io.vaultline.clickhouse.load;

import io.vaultline.kafka.ChangeConsumer;
import io.vaultline.kafka.RangeReader;
import io.vaultline.kafka.TopicNames;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks that an earlier owner of partitions has planned, and perhaps inserted: they are made again from the same records,
 * also those of partitions that somebody else owns, so that the server takes each of them once. For one thread.
 */
final class Redo {
    private static final Logger LOG = LoggerFactory.getLogger(Redo.class);

    private final LetterParts letters;
    private final TopicNames names;
    private final LiveVault vault;

    /** Partitions of which it is not known that nothing is left to do again. */
    private final Set<TopicPartition> fresh = new HashSet<>();

    /** Those partitions of ours for which the plan in hand is not known to be carried out, and where they go on after it. */
    private final Map<TopicPartition, Long> inHand = new HashMap<>();

    Redo(LetterParts letters, TopicNames names, LiveVault vault) {
        this.letters = letters;
        this.names = names;
        this.vault = vault;
    }

    /** From now on these partitions are ours. */
    void own(Collection<TopicPartition> partitions) {
        fresh.addAll(partitions);
    }

    /** They are somebody else's. */
    void disown(Collection<TopicPartition> partitions) {
        fresh.removeAll(partitions);
        inHand.keySet().removeAll(partitions);
    }

    /** A plan that is not known to be carried out; nothing once all of them are. */
    Optional<BlockPlan> next(ChangeConsumer consumer) {
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(fresh);
        Map<TopicPartition, BlockPlan> plans = new HashMap<>();
        committed.forEach((partition, offset) ->
                BlockPlan.parse(partition.topic(), offset.metadata()).ifPresent(plan -> plans.put(partition, plan)));
        fresh.retainAll(plans.keySet());
        Optional<BlockPlan> next = plans.values().stream().findFirst();
        inHand.clear();
        next.ifPresent(plan -> inHand.putAll(plan.nextOffsets()));
        inHand.keySet().removeIf(partition -> !next.equals(Optional.ofNullable(plans.get(partition))));
        return next;
    }

    /** Maps the records of a plan as they were mapped before. */
    void fill(Batch batch, BlockPlan plan, ChangeConsumer consumer) {
        LOG.info("Loading again what was planned of topic {}: {}", plan.topic(), plan.text());
        LetterShelf shelf =
                new LetterShelf(letters.clients(), names, letters.shelf().role(), Integer.MAX_VALUE);
        shelf.own(plan.firstOffsets().keySet());
        shelf.catchUp();
        Intake intake = new Intake(names, vault, shelf, new StoppedTables(Integer.MAX_VALUE));
        new RangeReader(letters.clients())
                .read(
                        plan.firstOffsets(),
                        plan.nextOffsets(),
                        raw -> intake.take(List.of(Polled.of(consumer, raw)), batch));
    }

    /** The plan in hand is carried out. @return where those of its partitions that are still ours go on */
    Map<TopicPartition, Long> end() {
        Map<TopicPartition, Long> next = Map.copyOf(inHand);
        inHand.clear();
        fresh.removeAll(next.keySet());
        return next;
    }
}
