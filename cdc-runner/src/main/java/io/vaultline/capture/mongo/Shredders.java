package io.vaultline.capture.mongo;

import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bson.RawBsonDocument;

/** The shredder of each collection, which goes on from the newest published shape. */
final class Shredders {
    private final CollectionFilter filter;
    private final Map<CollectionId, CollectionSchema> published;
    private final Map<CollectionId, DocumentShredder> shredders = new HashMap<>();
    private final Map<CollectionId, DocumentMasks> masks = new HashMap<>();

    Shredders(CollectionFilter filter, Map<CollectionId, CollectionSchema> published) {
        this.filter = filter;
        this.published = Map.copyOf(published);
    }

    /** What documents and ids must go through before anything else. */
    DocumentMasks masks(CollectionId id) {
        return masks.computeIfAbsent(
                id, added -> new DocumentMasks(added, filter.masks().paths(added)));
    }

    /** @param sample unmasked documents to make the shape from, should there be none yet */
    DocumentShredder of(CollectionId id, Supplier<List<RawBsonDocument>> sample) {
        return shredders.computeIfAbsent(id, added -> {
            Predicate<String> captured = field -> filter.acceptsColumn(id, field);
            CollectionSchema known = published.get(id);
            CollectionSchema shape = known == null
                    ? DocumentShape.of(
                            id, sample.get().stream().map(masks(id)::of).toList(), captured)
                    : DocumentShape.masked(DocumentShape.restricted(known, captured), filter);
            return new DocumentShredder(shape, captured);
        });
    }

    Collection<CollectionSchema> shapes() {
        return shredders.values().stream().map(DocumentShredder::shape).toList();
    }
}
