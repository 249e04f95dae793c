package io.vaultline.capture.output;

import io.vaultline.codec.ChangeSchema;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.kafka.TopicNames;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The shapes whose schemas stand in the schema topic, each with what is derived from it. Not thread-safe. */
final class PublishedSchemas {
    private final TopicNames names;
    private final Map<CollectionSchema, Entry> byShape = new HashMap<>();
    private final IdentityHashMap<CollectionSchema, Entry> byIdentity = new IdentityHashMap<>();
    private final Map<CollectionId, CollectionSchema> newest = new HashMap<>();

    PublishedSchemas(TopicNames names) {
        this.names = names;
    }

    /** A shape's schema, and the topic of its collection. */
    record Entry(ChangeSchema schema, String topic) {}

    /** Whether the shape is the newest that was published of its collection. */
    boolean isNewest(CollectionSchema shape) {
        CollectionSchema last = newest.get(shape.id());
        return last != null && last.equals(shape);
    }

    /** The newest shape of a collection. */
    Optional<CollectionSchema> newest(CollectionId id) {
        return Optional.ofNullable(newest.get(id));
    }

    void add(ChangeSchema schema) {
        Entry entry = new Entry(schema, names.changes(schema.collection().id()));
        byShape.put(schema.collection(), entry);
        newest.put(schema.collection().id(), schema.collection());
    }

    /** Found by identity first, since every change asks. */
    Entry of(CollectionSchema shape) {
        Entry known = byIdentity.get(shape);
        return known != null ? known : remember(shape, byShape.get(shape));
    }

    private Entry remember(CollectionSchema shape, @Nullable Entry published) {
        if (published == null) {
            throw new PipelineException(
                    ErrorCode.INTERNAL,
                    "A change was written before its schema",
                    shape.id().toString(),
                    "Report this: it is a fault of the program.");
        }
        byIdentity.put(shape, published);
        return published;
    }
}
