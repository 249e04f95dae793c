package io.vaultline.clickhouse.load;

import io.vaultline.clickhouse.load.BlockPlan.Range;
import io.vaultline.clickhouse.server.InsertBlock;
import io.vaultline.clickhouse.vault.StoredVault;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.kafka.RawChange;
import io.vaultline.vault.VaultMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Changes that were mapped and wait to be inserted, and the offsets that may be committed once they are. The changes of
 * each topic make blocks of their own, so that these can be made again from the topic alone.
 */
final class Batch {
    /** So many partitions' ranges fit into a note beside an offset. */
    private static final int PARTITIONS = 64;

    private final String id;
    private final StoredVault vault;
    private final VaultMapper mapper;
    private final RangeReport ranges;
    private final Map<String, Part> parts = new TreeMap<>();
    private final Map<TopicPartition, Part> partOf = new HashMap<>();
    private long taken;
    private long openedNanos = System.nanoTime();

    /** Changes of some partitions of one topic. */
    private static final class Part {
        private final String topic;
        private final RowBuffers rows;
        private final SortedMap<Integer, Range> ranges = new TreeMap<>();
        private final List<LetterRecord> letters = new ArrayList<>();
        private long taken;
        private long changes;
        private long letterBytes;
        private long newestCommitMicros;

        Part(String topic, RowBuffers rows) {
            this.topic = topic;
            this.rows = rows;
        }

        BlockPlan plan(String id) {
            return new BlockPlan(id, topic, ranges);
        }

        boolean touches(Collection<TopicPartition> partitions) {
            return ranges.keySet().stream()
                    .anyMatch(partition -> partitions.contains(new TopicPartition(topic, partition)));
        }
    }

    /**
     * @param id the server takes the blocks of one id once: a new one for changes that were never planned, the same again
     *     for those that were
     */
    Batch(String id, StoredVault vault, VaultMapper mapper, RangeReport ranges) {
        this.id = id;
        this.vault = vault;
        this.mapper = mapper;
        this.ranges = ranges;
    }

    /**
     * Maps a change into the batch.
     *
     * @throws RuntimeException if it can't be mapped or stored; the batch is as it was before then
     */
    void add(RawChange raw, DataChangeEvent event) {
        Part part = part(raw);
        part.rows.begin();
        try {
            mapper.map(event, part.rows);
        } catch (RuntimeException e) {
            part.rows.undo();
            throw e;
        }
        pass(part, raw);
        part.newestCommitMicros =
                Math.max(part.newestCommitMicros, event.header().commitMicros());
        part.changes++;
    }

    /** A change that gives no rows. */
    void pass(RawChange raw) {
        pass(part(raw), raw);
    }

    private void pass(Part part, RawChange raw) {
        if (isEmpty()) {
            openedNanos = System.nanoTime();
        }
        taken++;
        part.taken++;
        part.ranges.merge(
                raw.partition().partition(),
                new Range(raw.offset(), raw.offset()),
                (old, added) -> old.with(added.last()));
    }

    /** A change that waits instead. */
    void putAside(RawChange raw, LetterRecord letter) {
        Part part = part(raw);
        pass(part, raw);
        part.letters.add(letter);
        part.letterBytes += raw.value().length;
    }

    private Part part(RawChange raw) {
        return partOf.computeIfAbsent(
                raw.partition(),
                partition -> parts.computeIfAbsent(
                        partition.topic() + ' ' + partition.partition() / PARTITIONS,
                        name -> new Part(partition.topic(), new RowBuffers(vault, ranges))));
    }

    /** What must be written together with the offsets. */
    List<LetterRecord> letters() {
        return parts.values().stream().flatMap(part -> part.letters.stream()).toList();
    }

    boolean isEmpty() {
        return taken == 0;
    }

    /** Changes that gave rows. */
    long changes() {
        return parts.values().stream().mapToLong(part -> part.changes).sum();
    }

    /** Changes that were read for it, those that give no rows among them. */
    long taken() {
        return taken;
    }

    long rows() {
        return parts.values().stream().mapToLong(part -> part.rows.rows()).sum();
    }

    long bytes() {
        return parts.values().stream()
                .mapToLong(part -> part.rows.bytes() + part.letterBytes)
                .sum();
    }

    /** Commit time of the newest change, microseconds since the epoch; 0 if there is none. */
    long newestCommitMicros() {
        return parts.values().stream()
                .mapToLong(part -> part.newestCommitMicros)
                .max()
                .orElse(0);
    }

    /** How long the oldest change has been waiting, in nanoseconds. */
    long ageNanos() {
        return isEmpty() ? 0 : System.nanoTime() - openedNanos;
    }

    /** Of what the blocks are made; must be durable before they are inserted. */
    List<BlockPlan> plans() {
        return parts.values().stream()
                .filter(part -> part.rows.rows() > 0)
                .map(part -> part.plan(id))
                .toList();
    }

    /** The rows, hubs and links first; what is planned the same makes blocks with the same tokens. */
    List<List<InsertBlock>> waves(String database) {
        List<InsertBlock> first = new ArrayList<>();
        List<InsertBlock> then = new ArrayList<>();
        for (Part part : parts.values()) {
            if (part.rows.rows() > 0) {
                List<List<InsertBlock>> waves = part.rows.waves(
                        database, part.topic + ' ' + part.plan(id).text());
                first.addAll(waves.get(0));
                then.addAll(waves.get(1));
            }
        }
        return List.of(first, then);
    }

    /** The partitions of its changes. */
    Set<TopicPartition> partitions() {
        return Set.copyOf(partOf.keySet());
    }

    /** Where each partition goes on after this batch. */
    Map<TopicPartition, Long> nextOffsets() {
        Map<TopicPartition, Long> next = new HashMap<>();
        parts.values().forEach(part -> {
            if (!part.ranges.isEmpty()) {
                next.putAll(part.plan(id).nextOffsets());
            }
        });
        return next;
    }

    /** Partitions that another loader owns now, while their rows are inserted: their offsets are not ours to commit. */
    void forget(Collection<TopicPartition> partitions) {
        for (Part part : parts.values()) {
            partitions.forEach(partition -> {
                if (partition.topic().equals(part.topic)) {
                    part.ranges.remove(partition.partition());
                }
            });
            part.letters.removeIf(letter -> partitions.contains(letter.partition()));
        }
    }

    /**
     * Gives up all blocks with changes of partitions that another loader owns now, or may have inserted.
     *
     * @return the partitions in these blocks, and where each was read from
     */
    Map<TopicPartition, Long> giveUp(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> again = new HashMap<>();
        parts.values().removeIf(part -> {
            if (!part.touches(partitions)) {
                return false;
            }
            again.putAll(part.plan(id).firstOffsets());
            taken -= part.taken;
            partOf.values().removeIf(part::equals);
            return true;
        });
        return Collections.unmodifiableMap(again);
    }
}
