package io.vaultline.clickhouse.load;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.kafka.ChangeConsumer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits offsets of what was inserted, together with the dead letters below them. What Kafka can't take now is kept and
 * tried again with the next, so no offset ever passes a letter that is not durable.
 */
final class OffsetCommitter {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommitter.class);

    private final ChangeConsumer consumer;
    private final LetterWriter writer;
    private final Map<TopicPartition, Long> pending = new HashMap<>();
    private final List<LetterRecord> letters = new ArrayList<>();

    OffsetCommitter(ChangeConsumer consumer, LetterWriter writer) {
        this.consumer = consumer;
        this.writer = writer;
    }

    /** Adds offsets, and letters of changes below them, and commits all that wait. */
    void commit(Map<TopicPartition, Long> nextOffsets, List<LetterRecord> below) {
        pending.putAll(nextOffsets);
        letters.addAll(below);
        retry();
    }

    /**
     * Keeps plans beside the offsets that are committed, before what they say is done.
     *
     * @return whether they are durable; if not, the next poll says whether the partitions are still ours
     */
    boolean areNoted(Collection<BlockPlan> plans) {
        Map<TopicPartition, Long> first = new HashMap<>();
        Map<TopicPartition, String> notes = new HashMap<>();
        plans.forEach(plan -> plan.firstOffsets().forEach((partition, offset) -> {
            first.put(partition, offset);
            notes.put(partition, plan.text());
        }));
        retry();
        if (!pending.isEmpty()) {
            return false;
        }
        try {
            note(first, notes);
            return true;
        } catch (CommitFailedException | RebalanceInProgressException | TimeoutException e) {
            LOG.warn("A batch of {} waits to be planned: {}", first.keySet(), e.getMessage());
            return false;
        }
    }

    private void note(Map<TopicPartition, Long> first, Map<TopicPartition, String> notes) {
        if (first.isEmpty()) {
            return;
        }
        try {
            consumer.commit(first, notes);
        } catch (WakeupException e) {
            consumer.commit(first, notes);
        }
    }

    /** Whether everything is committed. */
    boolean isIdle() {
        return pending.isEmpty();
    }

    /** Commits what could not be committed before; does nothing if there is none. */
    void retry() {
        if (pending.isEmpty()) {
            return;
        }
        if (letters.isEmpty()) {
            retryOffsets();
        } else {
            retryLetters();
        }
    }

    private void retryOffsets() {
        try {
            commitPending();
            pending.clear();
        } catch (CommitFailedException e) {
            LOG.warn("Another loader took over {}; it loads the last batch again, to no effect", pending.keySet());
            pending.clear();
        } catch (RebalanceInProgressException | TimeoutException e) {
            LOG.warn("Offsets of {} wait to be committed: {}", pending.keySet(), e.getMessage());
        }
    }

    /** Whether the partitions are still ours after a failure, the next poll says. */
    private void retryLetters() {
        try {
            writer.write(letters.stream().map(LetterRecord::item).toList(), pending, consumer.groupMetadata());
            pending.clear();
            letters.clear();
        } catch (AuthorizationException e) {
            throw new PipelineException(
                    ErrorCode.KAFKA_REFUSES,
                    "Dead letters can't be written: " + e.getMessage(),
                    "load",
                    "Grant the pipeline's Kafka user the rights of docs/privileges.md.",
                    e);
        } catch (KafkaException e) {
            LOG.warn(
                    "{} dead letters and the offsets behind them wait to be committed: {}",
                    letters.size(),
                    e.getMessage());
        }
    }

    /** A wake-up is meant for a poll; it must not keep a commit from being made. */
    private void commitPending() {
        try {
            consumer.commit(pending);
        } catch (WakeupException e) {
            consumer.commit(pending);
        }
    }

    /** Another loader commits for these partitions from now on. */
    void forget(Collection<TopicPartition> partitions) {
        pending.keySet().removeAll(partitions);
        letters.removeIf(letter -> partitions.contains(letter.partition()));
    }
}
