package io.vaultline.vault;

import io.vaultline.event.CollectionId;
import java.util.List;
import java.util.Objects;

/**
 * A hub: one row for each business key of an entity.
 *
 * @param keyColumns the business key's columns in the collection, in key order
 */
public record HubSpec(String name, CollectionId collection, List<String> keyColumns) implements AnchorSpec {
    public HubSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(collection, "collection");
        keyColumns = List.copyOf(keyColumns);
    }

    @Override
    public String table() {
        return "hub_" + name;
    }
}
