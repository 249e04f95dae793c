package io.vaultline.capture.mongo;

import io.vaultline.event.CollectionId;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** The names of fields, at any depth, as masks write them. */
final class FieldNames {
    /** Names can be data, as where a document is a map by id. */
    private static final int MOST = 20_000;

    private FieldNames() {}

    /** Adds {@code database.collection.field} and, with further dots, what is inside, for each field of the documents. */
    static void add(Set<String> names, CollectionId id, List<? extends BsonDocument> documents) {
        documents.forEach(document -> add(names, id.namespace() + "." + id.name(), document));
    }

    private static void add(Set<String> names, String above, BsonValue value) {
        if (value.isDocument() && names.size() < MOST) {
            value.asDocument().forEach((name, inside) -> {
                names.add(above + "." + name);
                add(names, above + "." + name, inside);
            });
        } else if (value.isArray()) {
            value.asArray().forEach(element -> add(names, above, element));
        }
    }
}
