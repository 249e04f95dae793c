package io.vaultline.vault.model;

import io.vaultline.event.CollectionId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A non-historised link: what happened once, in one table with the hubs that it is about and all that is known of it. What
 * the source corrects or deletes all the same is a further row.
 *
 * @param name of the entity
 * @param keyColumns what tells events apart: the primary key's columns, or all columns where there is none
 * @param references ends that foreign keys lead to
 * @param named ends that values name, as the model file says; each such value is a row of its hub
 */
public record EventSpec(
        String name, CollectionId collection, List<String> keyColumns, List<LinkEnd> references, List<LinkEnd> named)
        implements AnchorSpec {
    public EventSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(collection, "collection");
        keyColumns = List.copyOf(keyColumns);
        references = List.copyOf(references);
        named = List.copyOf(named);
    }

    @Override
    public String table() {
        return "link_" + name;
    }

    /** All ends, in the order of the table's columns. */
    public List<LinkEnd> ends() {
        return Stream.concat(references.stream(), named.stream()).toList();
    }
}
