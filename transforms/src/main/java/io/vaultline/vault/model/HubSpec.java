package io.vaultline.vault.model;

import io.vaultline.event.CollectionId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A hub: one row for each business key of an entity.
 *
 * @param name of the entity, or of the declared hub
 * @param keyColumns the business key's columns in the collection, in key order
 * @param declared the declared hub, if the entity hangs on one; others can hang there too
 */
public record HubSpec(String name, CollectionId collection, List<String> keyColumns, Optional<KeyHubSpec> declared)
        implements AnchorSpec {
    public HubSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(collection, "collection");
        Objects.requireNonNull(declared, "declared");
        keyColumns = List.copyOf(keyColumns);
    }

    /** A hub of the entity's own. */
    public HubSpec(String name, CollectionId collection, List<String> keyColumns) {
        this(name, collection, keyColumns, Optional.empty());
    }

    @Override
    public String table() {
        return "hub_" + name;
    }
}
