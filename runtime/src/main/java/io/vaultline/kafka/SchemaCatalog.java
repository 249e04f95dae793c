package io.vaultline.kafka;

import io.vaultline.codec.ChangeSchema;
import io.vaultline.codec.SchemaLookup;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.SchemaChanged;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * All schemas of a pipeline, read from its schema topic. A schema is committed with or before the first record that
 * needs it, so whoever holds a record finds its schema here. Used by one thread at a time.
 */
public final class SchemaCatalog implements SchemaLookup, AutoCloseable {
    private final TopicTail tail;
    private final String topic;
    private final Map<Long, ChangeSchema> byFingerprint = new HashMap<>();
    private final Map<CollectionId, ChangeSchema> newest = new TreeMap<>();
    private final Map<CollectionId, CollectionSchema> complete = new TreeMap<>();

    public SchemaCatalog(KafkaClients clients, TopicNames names) {
        this.topic = names.schemas();
        this.tail = new TopicTail(clients, topic);
    }

    /**
     * Reads what is new in the topic.
     *
     * @return the changes of shape since the last call, in the order in which they came about
     */
    public List<SchemaChanged> refresh() {
        List<SchemaChanged> changes = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> entry : tail.readToEnd()) {
            parse(entry).ifPresent(schema -> {
                byFingerprint.putIfAbsent(schema.fingerprint(), schema);
                CollectionSchema shape = schema.collection();
                newest.put(shape.id(), schema);
                complete.merge(shape.id(), shape, (before, now) -> now.including(before));
                changes.add(new SchemaChanged(shape));
            });
        }
        return changes;
    }

    /** The newest shape of each collection seen by the last {@link #refresh()}. */
    public Map<CollectionId, ChangeSchema> newest() {
        return Map.copyOf(newest);
    }

    /**
     * The newest shape of each collection with the columns that earlier ones had, as of the last {@link #refresh()}. Who
     * stores rows needs all of them: rows of an earlier shape are still read.
     */
    public Map<CollectionId, CollectionSchema> complete() {
        return Map.copyOf(complete);
    }

    @Override
    public ChangeSchema byFingerprint(long fingerprint) {
        ChangeSchema known = byFingerprint.get(fingerprint);
        if (known != null) {
            return known;
        }
        refresh();
        ChangeSchema found = byFingerprint.get(fingerprint);
        if (found == null) {
            throw new PipelineException(
                    ErrorCode.RECORD_UNREADABLE,
                    "No schema has the fingerprint " + ChangeSchema.spell(fingerprint),
                    "topic " + topic,
                    "Check that the schema topic was not emptied and that no other program writes to the change topics.");
        }
        return found;
    }

    private Optional<ChangeSchema> parse(ConsumerRecord<byte[], byte[]> entry) {
        if (entry.value() == null) {
            return Optional.empty();
        }
        try {
            return ChangeSchema.parse(new String(entry.value(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new PipelineException(
                    ErrorCode.RECORD_UNREADABLE,
                    "A record of the schema topic is no schema of ours",
                    "topic " + topic + ", offset " + entry.offset(),
                    "Check that no other program writes to this topic.",
                    e);
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
