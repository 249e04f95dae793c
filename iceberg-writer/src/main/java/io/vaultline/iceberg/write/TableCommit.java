package io.vaultline.iceberg.write;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What a commit made durable.
 *
 * @param table full name of the table
 * @param rows how many changes, at least 1
 * @param newestCommitMicros the newest of their commit times at the source, microseconds since the epoch
 * @param offsets the offsets up to which the table is now complete, in the partitions that had changes
 */
public record TableCommit(String table, long rows, long newestCommitMicros, Map<TopicPartition, Long> offsets) {
    public TableCommit {
        offsets = Map.copyOf(offsets);
    }
}
