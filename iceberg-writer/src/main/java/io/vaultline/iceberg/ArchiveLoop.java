package io.vaultline.iceberg;

import io.vaultline.codec.ChangeSchema;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.SchemaChanged;
import io.vaultline.iceberg.table.HistoryTables;
import io.vaultline.iceberg.write.CommitListener;
import io.vaultline.iceberg.write.TableCommit;
import io.vaultline.iceberg.write.TableWriter;
import io.vaultline.kafka.ChangeConsumer;
import io.vaultline.kafka.ChangeRecord;
import io.vaultline.kafka.SchemaCatalog;
import io.vaultline.kafka.TopicNames;
import io.vaultline.service.RoleProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves changes from the owned topics into their tables, one round after the other. Used by one thread. */
final class ArchiveLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long SCHEMAS_NANOS = Duration.ofSeconds(1).toNanos();

    private final HistoryTables tables;
    private final TopicNames topics;
    private final SchemaCatalog schemas;
    private final ChangeConsumer consumer;
    private final Assignment assignment;
    private final StartOffsets starts;
    private final OpenTables open;
    private final RoleProgress progress;
    private final CommitListener listener;
    private final Set<String> created = new HashSet<>();
    private final Map<TopicPartition, Long> unreported = new HashMap<>();
    private boolean assigned;
    private long schemasReadNanos = System.nanoTime() - SCHEMAS_NANOS;

    ArchiveLoop(ArchiveParts parts, OpenTables open, RoleProgress progress, CommitListener listener) {
        this.tables = parts.tables();
        this.topics = parts.topics();
        this.schemas = parts.schemas();
        this.consumer = parts.consumer();
        this.assignment = parts.assignment();
        this.starts = parts.starts();
        this.open = open;
        this.progress = progress;
        this.listener = listener;
    }

    /**
     * One round.
     *
     * @return whether anything was committed
     * @throws io.vaultline.error.PipelineException if lake or Kafka fail; the loop can go on after {@link #startOver}
     */
    boolean round() {
        List<ChangeRecord> changes = consumer.poll(POLL);
        long now = System.nanoTime();
        if (assignment.takeChange()) {
            reassign();
        } else {
            // a change whose topic has no writer yet is read again once it has one
            changes.forEach(change -> open.write(change, now));
        }
        if (now - schemasReadNanos >= SCHEMAS_NANOS) {
            schemasReadNanos = now;
            schemas.refresh().forEach(this::adopt);
        }
        boolean committed = account(open.commitDue(now));
        if (assigned) {
            openTables();
        }
        report();
        return committed;
    }

    /** Whether the group has told which topics are ours; a round that returns has opened their tables. */
    boolean ready() {
        return assigned;
    }

    /** Forgets what is not committed; the next round begins at the tables' marks. */
    void startOver() {
        open.forgetAll();
        created.clear();
        assignment.change();
    }

    /** Commits everything that has been read. */
    void drain() {
        account(open.commitAll());
        report();
    }

    /** Keeps the writers of topics that stayed, drops those that went, and has all read from where they stand. */
    private void reassign() {
        Set<String> owned = ownedTopics();
        for (String topic : open.topics()) {
            if (owned.contains(topic)) {
                seek(topic);
            } else {
                open.abandon(topic);
            }
        }
        assigned = true;
        LOG.info("This process archives {} collections", owned.size());
    }

    /** Lets an open table follow the shape of its collection before a row needs it. */
    private void adopt(SchemaChanged change) {
        TableWriter writer = open.writer(topics.changes(change.schema().id()));
        if (writer != null) {
            writer.adopt(change.schema());
        }
    }

    /** Opens what is ours, and creates what nobody has had a row for, so that an empty collection has its table. */
    private void openTables() {
        Set<String> owned = ownedTopics();
        for (ChangeSchema schema : schemas.newest().values()) {
            CollectionSchema collection = schema.collection();
            String topic = topics.changes(collection.id());
            if (owned.contains(topic) && !open.has(topic)) {
                open.add(topic, TableWriter.open(tables.openOrCreate(collection), listener));
                created.add(topic);
                seek(topic);
            } else if (created.add(topic)) {
                tables.openOrCreate(collection);
            }
        }
    }

    private void seek(String topic) {
        TableWriter writer = open.writer(topic);
        if (writer != null) {
            Set<TopicPartition> partitions = consumer.assignment().stream()
                    .filter(partition -> partition.topic().equals(topic))
                    .collect(Collectors.toSet());
            starts.of(writer, partitions).forEach(consumer::seek);
            partitions.forEach(
                    partition -> writer.committed(partition).ifPresent(offset -> unreported.put(partition, offset)));
        }
    }

    private boolean account(List<TableCommit> commits) {
        for (TableCommit commit : commits) {
            progress.committed(commit.rows(), commit.newestCommitMicros());
            unreported.putAll(commit.offsets());
            LOG.debug("Committed {} changes to {}", commit.rows(), commit.table());
        }
        return !commits.isEmpty();
    }

    /** Tells the consumer group how far the tables are; for people and verification, not for us. */
    private void report() {
        unreported.keySet().retainAll(consumer.assignment());
        if (!unreported.isEmpty()) {
            try {
                consumer.commit(unreported);
                unreported.clear();
            } catch (KafkaException e) {
                LOG.info("The group's offsets will be committed later: {}", e.toString());
            }
        }
    }

    private Set<String> ownedTopics() {
        return consumer.assignment().stream().map(TopicPartition::topic).collect(Collectors.toSet());
    }
}
