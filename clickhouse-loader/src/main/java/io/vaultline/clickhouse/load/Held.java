package io.vaultline.clickhouse.load;

import io.vaultline.kafka.RawChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Changes that were polled and are in no batch yet, in the order in which they were polled. For one thread. */
final class Held {
    private final List<RawChange> changes = new ArrayList<>();
    private final Set<TopicPartition> left = new HashSet<>();

    void add(List<RawChange> polled) {
        changes.addAll(polled);
    }

    /** All of them; whoever takes them asks {@link #hasLeft} before each is used. */
    List<RawChange> take() {
        List<RawChange> taken = List.copyOf(changes);
        changes.clear();
        left.clear();
        return taken;
    }

    /** What was polled of these partitions counts no more: they are somebody else's, or are read from another offset. */
    void leave(Collection<TopicPartition> partitions) {
        changes.removeIf(change -> partitions.contains(change.partition()));
        left.addAll(partitions);
    }

    /** Whether a change that was taken last counts no more. */
    boolean hasLeft(RawChange change) {
        return left.contains(change.partition());
    }
}
