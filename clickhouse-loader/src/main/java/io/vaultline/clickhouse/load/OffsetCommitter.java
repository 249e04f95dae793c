package io.vaultline.clickhouse.load;

import io.vaultline.kafka.ChangeConsumer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits offsets of what was inserted. What Kafka can't take now is kept and tried again with the next. */
final class OffsetCommitter {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommitter.class);

    private final ChangeConsumer consumer;
    private final Map<TopicPartition, Long> pending = new HashMap<>();

    OffsetCommitter(ChangeConsumer consumer) {
        this.consumer = consumer;
    }

    /** Adds offsets and commits all that wait. */
    void commit(Map<TopicPartition, Long> nextOffsets) {
        pending.putAll(nextOffsets);
        retry();
    }

    /** Commits what could not be committed before; does nothing if there is none. */
    void retry() {
        if (pending.isEmpty()) {
            return;
        }
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
    }
}
