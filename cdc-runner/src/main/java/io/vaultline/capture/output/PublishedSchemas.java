package io.vaultline.capture.output;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The shapes whose schemas stand in the schema topic, each with what is derived from it. Not thread-safe. */
final class PublishedSchemas {
    private final Map<CollectionSchema, CaptureTopic> byShape = new HashMap<>();
    private final IdentityHashMap<CollectionSchema, CaptureTopic> byIdentity = new IdentityHashMap<>();
    private final Map<CollectionId, CollectionSchema> newest = new HashMap<>();

    /** The newest shape of a collection. */
    Optional<CollectionSchema> newest(CollectionId id) {
        return Optional.ofNullable(newest.get(id));
    }

    /** Adds shapes whose schemas are durable, in this order. */
    void add(List<CaptureTopic> published) {
        for (CaptureTopic topic : published) {
            CollectionSchema shape = topic.schema().collection();
            byShape.put(shape, topic);
            newest.put(shape.id(), shape);
        }
    }

    /** Found by identity first, since every change asks. */
    CaptureTopic of(CollectionSchema shape) {
        CaptureTopic known = byIdentity.get(shape);
        return known != null ? known : remember(shape, byShape.get(shape));
    }

    private CaptureTopic remember(CollectionSchema shape, @Nullable CaptureTopic published) {
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
