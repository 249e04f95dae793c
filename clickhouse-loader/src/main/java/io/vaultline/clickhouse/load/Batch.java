package io.vaultline.clickhouse.load;

import io.vaultline.clickhouse.server.InsertBlock;
import io.vaultline.clickhouse.vault.StoredVault;
import io.vaultline.error.PipelineException;
import io.vaultline.kafka.ChangeRecord;
import io.vaultline.vault.VaultMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Changes that were mapped and wait to be inserted, and the offsets that may be committed once they are. */
final class Batch {
    /** Offsets of a partition in this batch, the last one included. */
    private record Range(long first, long last) {}

    private final VaultMapper mapper;
    private final RowBuffers buffers;
    private final Map<TopicPartition, Range> ranges = new HashMap<>();
    private long changes;
    private long newestCommitMicros;
    private long openedNanos;

    Batch(StoredVault vault, VaultMapper mapper) {
        this.mapper = mapper;
        this.buffers = new RowBuffers(vault);
    }

    /**
     * Maps a change into the batch.
     *
     * @throws PipelineException with the change's place in Kafka, if it can't be mapped or stored
     */
    void add(ChangeRecord change) {
        if (changes == 0) {
            openedNanos = System.nanoTime();
        }
        try {
            mapper.map(change.event(), buffers);
        } catch (PipelineException e) {
            TopicPartition partition = change.partition();
            String where = e.where() + ", topic " + partition.topic() + ", partition " + partition.partition()
                    + ", offset " + change.offset();
            throw new PipelineException(e.code(), e.what(), where, e.remedy(), e);
        }
        ranges.merge(
                change.partition(),
                new Range(change.offset(), change.offset()),
                (old, added) -> new Range(old.first(), added.last()));
        newestCommitMicros =
                Math.max(newestCommitMicros, change.event().header().commitMicros());
        changes++;
    }

    boolean isEmpty() {
        return changes == 0;
    }

    long changes() {
        return changes;
    }

    long rows() {
        return buffers.rows();
    }

    long bytes() {
        return buffers.bytes();
    }

    /** Commit time of the newest change, microseconds since the epoch; 0 if there is none. */
    long newestCommitMicros() {
        return newestCommitMicros;
    }

    /** How long the oldest change has been waiting, in nanoseconds. */
    long ageNanos() {
        return isEmpty() ? 0 : System.nanoTime() - openedNanos;
    }

    /** The rows; the same changes, planned again, make blocks with the same tokens. */
    List<List<InsertBlock>> waves(String database) {
        return buffers.waves(database, token());
    }

    /** Where each partition goes on after this batch. */
    Map<TopicPartition, Long> nextOffsets() {
        Map<TopicPartition, Long> next = new HashMap<>();
        ranges.forEach((partition, range) -> next.put(partition, range.last() + 1));
        return next;
    }

    /** Partitions that another loader owns now: their rows do no harm, but their offsets are not ours to commit. */
    void forget(Collection<TopicPartition> partitions) {
        ranges.keySet().removeAll(partitions);
    }

    private String token() {
        Map<String, Range> sorted = new TreeMap<>();
        ranges.forEach((partition, range) -> sorted.put(partition.toString(), range));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(sorted.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
