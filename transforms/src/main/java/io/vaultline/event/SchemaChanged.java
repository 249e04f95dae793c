package io.vaultline.event;

import java.util.Objects;

/** From here on rows of the collection have this shape; stands in the schema topic before the first such row. */
public record SchemaChanged(CollectionSchema schema) {
    public SchemaChanged {
        Objects.requireNonNull(schema, "schema");
    }
}
