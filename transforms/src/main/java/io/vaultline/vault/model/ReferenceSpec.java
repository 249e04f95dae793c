package io.vaultline.vault.model;

import io.vaultline.event.CollectionId;
import java.util.List;
import java.util.Objects;

/**
 * A reference table: the versions of codes and what they mean, by their natural key, without a hub and without hashes. No
 * link leads to it or from it.
 *
 * @param name of the entity
 * @param keyColumns the primary key's columns in the collection, in key order
 */
public record ReferenceSpec(String name, CollectionId collection, List<String> keyColumns) implements AnchorSpec {
    static final String NATURAL_KEY = "natural_key";

    public ReferenceSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(collection, "collection");
        keyColumns = List.copyOf(keyColumns);
    }

    @Override
    public String table() {
        return "ref_" + name;
    }

    /** Name of the column that identifies a row: the parts of its key, as a hash would be made of them. */
    @Override
    public String hashKey() {
        return NATURAL_KEY;
    }
}
