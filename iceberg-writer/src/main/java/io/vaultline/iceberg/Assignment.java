package io.vaultline.iceberg;

import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * Remembers that a poll ended with another assignment. What such a poll returned may have been read from anywhere, so
 * the caller drops it and seeks. Used by the polling thread.
 */
final class Assignment implements ConsumerRebalanceListener {
    private boolean changed;

    /** Whether the assignment was made anew since the last call. */
    boolean takeChange() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** Has everything looked at anew. */
    void change() {
        changed = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        // the next assignment, which follows, says which of them are really gone; most come back
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        changed = true;
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        changed = true;
    }
}
