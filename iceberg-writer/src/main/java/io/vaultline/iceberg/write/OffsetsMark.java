package io.vaultline.iceberg.write;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a history table is complete, as it stands in the summary of the snapshot that made it so.
 *
 * @param commitId names the commit, to recognise it when its outcome was not heard
 * @param offsets for each {@code topic-partition} that the table has rows of: the offset after the last of them
 */
public record OffsetsMark(String commitId, SortedMap<String, Long> offsets) {
    /** Key of the offsets in a snapshot's summary. */
    public static final String OFFSETS_KEY = "vaultline.offsets";

    /** Key of the commit's name in a snapshot's summary. */
    public static final String COMMIT_KEY = "vaultline.commit-id";

    private static final ObjectMapper JSON = new ObjectMapper();

    public OffsetsMark {
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    }

    /** The newest mark of a table; nothing if no commit of ours is in its history. */
    public static Optional<OffsetsMark> of(Table table) {
        return newest(SnapshotUtil.currentAncestors(table));
    }

    /** The first mark in a line of snapshots, newest first; commits of maintenance carry none. */
    static Optional<OffsetsMark> newest(Iterable<Snapshot> ancestry) {
        for (Snapshot snapshot : ancestry) {
            Map<String, String> summary = snapshot.summary();
            String offsets = summary == null ? null : summary.get(OFFSETS_KEY);
            if (offsets != null) {
                return Optional.of(new OffsetsMark(summary.getOrDefault(COMMIT_KEY, ""), parse(offsets)));
            }
        }
        return Optional.empty();
    }

    /** The offset to go on from, if the table has rows of a partition. */
    public Optional<Long> next(TopicPartition partition) {
        return Optional.ofNullable(offsets.get(partition.toString()));
    }

    /** The offsets as they stand in the summary. */
    String offsetsJson() {
        try {
            return JSON.writeValueAsString(offsets);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers that are no JSON", e);
        }
    }

    private static SortedMap<String, Long> parse(String json) {
        try {
            return JSON.readValue(json, new TypeReference<TreeMap<String, Long>>() {});
        } catch (JsonProcessingException e) {
            throw new PipelineException(
                    ErrorCode.LAKE_REFUSES,
                    "A snapshot's summary holds no offsets of ours",
                    "summary key " + OFFSETS_KEY,
                    "Roll the table back to a snapshot that the pipeline has written.",
                    e);
        }
    }
}
