package io.vaultline.clickhouse.load;

import io.vaultline.clickhouse.server.InsertBlock;
import io.vaultline.clickhouse.vault.StoredVault;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.kafka.RawChange;
import io.vaultline.vault.VaultMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
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
    private final List<LetterRecord> letters = new ArrayList<>();
    private long taken;
    private long changes;
    private long letterBytes;
    private long newestCommitMicros;
    private long openedNanos;

    Batch(StoredVault vault, VaultMapper mapper, RangeReport ranges) {
        this.mapper = mapper;
        this.buffers = new RowBuffers(vault, ranges);
    }

    /**
     * Maps a change into the batch.
     *
     * @throws RuntimeException if it can't be mapped or stored; the batch is as it was before then
     */
    void add(RawChange raw, DataChangeEvent event) {
        buffers.begin();
        try {
            mapper.map(event, buffers);
        } catch (RuntimeException e) {
            buffers.undo();
            throw e;
        }
        pass(raw);
        newestCommitMicros = Math.max(newestCommitMicros, event.header().commitMicros());
        changes++;
    }

    /** A change that gives no rows. */
    void pass(RawChange raw) {
        if (taken == 0) {
            openedNanos = System.nanoTime();
        }
        taken++;
        ranges.merge(
                raw.partition(),
                new Range(raw.offset(), raw.offset()),
                (old, added) -> new Range(old.first(), added.last()));
    }

    /** A change that waits instead. */
    void putAside(RawChange raw, LetterRecord letter) {
        pass(raw);
        letters.add(letter);
        letterBytes += raw.value().length;
    }

    /** What must be written together with the offsets. */
    List<LetterRecord> letters() {
        return List.copyOf(letters);
    }

    boolean isEmpty() {
        return taken == 0;
    }

    long changes() {
        return changes;
    }

    long rows() {
        return buffers.rows();
    }

    long bytes() {
        return buffers.bytes() + letterBytes;
    }

    /** Changes that were read for it, those that give no rows among them. */
    long taken() {
        return taken;
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
        letters.removeIf(letter -> partitions.contains(letter.partition()));
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
