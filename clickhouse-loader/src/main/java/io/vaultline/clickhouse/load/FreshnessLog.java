package io.vaultline.clickhouse.load;

import io.vaultline.clickhouse.server.InsertBlock;
import io.vaultline.clickhouse.vault.Freshness;
import io.vaultline.clickhouse.wire.RowBinaryWriter;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.Watermark;
import io.vaultline.kafka.ChangeConsumer;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.Watermarks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down up to which commit of its source each table is complete in the vault: a watermark says below which offsets
 * everything of a commit lies, and the group says up to where the rows of each partition are inserted, whoever inserts
 * them. The owner of a topic's first partition writes for its table. For one thread.
 */
final class FreshnessLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FreshnessLog.class);
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final String database;
    private final TopicNames names;
    private final LiveVault vault;
    private final Inserter inserter;
    private final Watermarks watermarks;

    /** The watermark that is waited for, since newer ones come all the time. */
    private final Map<CollectionId, Watermark> awaited = new HashMap<>();

    private final Map<CollectionId, Long> written = new HashMap<>();
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private long nextLook = System.nanoTime();

    /** @param watermarks closed with this */
    FreshnessLog(String database, TopicNames names, LiveVault vault, Inserter inserter, Watermarks watermarks) {
        this.database = database;
        this.names = names;
        this.vault = vault;
        this.inserter = inserter;
        this.watermarks = watermarks;
    }

    /**
     * Writes what is complete now, at most once a second, and does not wait for it.
     *
     * @throws PipelineException if the server has refused what was written before
     */
    void look(ChangeConsumer consumer) {
        if (System.nanoTime() - nextLook < 0 || !Inserter.isDone(writing, Duration.ZERO)) {
            return;
        }
        nextLook = System.nanoTime() + PAUSE_NANOS;
        try {
            write(reached(candidates(consumer.assignment()), consumer));
        } catch (PipelineException e) {
            if (e.code() != ErrorCode.KAFKA_UNREACHABLE) {
                throw e;
            }
            LOG.debug("What is complete can't be known now", e);
        }
    }

    /** A collection, and a watermark that may be reached for it. */
    private record Candidate(CollectionId id, Watermark watermark, Map<TopicPartition, Long> ends) {
        boolean isReached(Map<TopicPartition, OffsetAndMetadata> committed) {
            return ends.entrySet().stream().allMatch(end -> {
                OffsetAndMetadata next = committed.get(end.getKey());
                return next != null && next.offset() >= end.getValue();
            });
        }
    }

    /** Of each collection that is ours: what is waited for, then the newest. */
    private List<Candidate> candidates(Set<TopicPartition> owned) {
        Map<String, Watermark> newest = watermarks.refresh();
        List<Candidate> candidates = new ArrayList<>();
        for (CollectionId id : vault.collections()) {
            String topic = names.changes(id);
            Watermark last = newest.get(id.source());
            if (last == null || !owned.contains(new TopicPartition(topic, 0))) {
                awaited.remove(id);
                continue;
            }
            Watermark first = awaited.computeIfAbsent(id, any -> last);
            candidates.add(new Candidate(id, first, ends(first, topic)));
            candidates.add(new Candidate(id, last, ends(last, topic)));
        }
        return candidates;
    }

    private static Map<CollectionId, Watermark> reached(List<Candidate> candidates, ChangeConsumer consumer) {
        Set<TopicPartition> asked = new HashSet<>();
        candidates.forEach(candidate -> asked.addAll(candidate.ends().keySet()));
        Map<TopicPartition, OffsetAndMetadata> committed = asked.isEmpty() ? Map.of() : consumer.committed(asked);
        Map<CollectionId, Watermark> reached = new HashMap<>();
        candidates.stream()
                .filter(candidate -> candidate.isReached(committed))
                .forEach(candidate -> reached.put(candidate.id(), candidate.watermark()));
        return reached;
    }

    /** Where the changes in a topic end that a watermark covers. */
    private static Map<TopicPartition, Long> ends(Watermark watermark, String topic) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        watermark.endOffsets().forEach((place, end) -> {
            if (place.startsWith(topic) && place.lastIndexOf('-') == topic.length()) {
                ends.put(new TopicPartition(topic, Integer.parseInt(place.substring(topic.length() + 1))), end);
            }
        });
        return ends;
    }

    private void write(Map<CollectionId, Watermark> reached) {
        RowBinaryWriter rows = new RowBinaryWriter(Freshness.COLUMNS);
        reached.forEach((id, watermark) -> {
            awaited.remove(id);
            if (watermark.commitPosition() > written.getOrDefault(id, -1L)) {
                rows.add(
                        id.source(),
                        id.namespace() + "." + id.name(),
                        watermark.commitPosition(),
                        watermark.commitMicros());
                written.put(id, watermark.commitPosition());
            }
        });
        if (rows.rows() > 0) {
            InsertBlock block = new InsertBlock(
                    database, Freshness.TABLE, rows, UUID.randomUUID().toString());
            writing = inserter.insert(List.of(List.of(block)));
        }
    }

    @Override
    public void close() {
        watermarks.close();
    }
}
