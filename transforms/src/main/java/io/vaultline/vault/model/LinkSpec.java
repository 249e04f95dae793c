package io.vaultline.vault.model;

import io.vaultline.event.CollectionId;
import java.util.List;
import java.util.Objects;

/**
 * A link: one row for each relation between business keys that was ever seen.
 *
 * @param name without prefix, such as {@code products_sellers}
 * @param collection whose rows state the relation
 * @param ends two or more; for {@link Origin#FOREIGN_KEY} and {@link Origin#DOCUMENT_ID} the first is the driving end,
 *     the row that refers
 * @param keyColumns for {@link Origin#KEY_TABLE} the key columns of the table, stored in the link; else empty
 * @param degenerate keys of no hub that are part of the relation, of other origins
 * @param attributes what describes the relation, in a satellite of its own; can be none
 */
public record LinkSpec(
        String name,
        CollectionId collection,
        Origin origin,
        List<LinkEnd> ends,
        List<String> keyColumns,
        List<LinkColumn> degenerate,
        List<LinkColumn> attributes)
        implements AnchorSpec {

    /** Why there is a link. */
    public enum Origin {
        /** A foreign key of a table that is a hub; has an effectivity satellite. */
        FOREIGN_KEY,
        /** An id in a document, named by the model file; has an effectivity satellite. */
        DOCUMENT_ID,
        /** A table whose key is made of foreign keys; an entity of its own, with a satellite. */
        KEY_TABLE
    }

    public static final String EFFECTIVITY = "_effectivity";

    public LinkSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(collection, "collection");
        Objects.requireNonNull(origin, "origin");
        ends = List.copyOf(ends);
        keyColumns = List.copyOf(keyColumns);
        degenerate = List.copyOf(degenerate);
        attributes = List.copyOf(attributes);
        if (ends.size() < 2) {
            throw new IllegalArgumentException("link " + name + " needs two ends");
        }
    }

    /** A link without degenerate keys and attributes. */
    public LinkSpec(String name, CollectionId collection, Origin origin, List<LinkEnd> ends, List<String> keyColumns) {
        this(name, collection, origin, ends, keyColumns, List.of(), List.of());
    }

    @Override
    public String table() {
        return "link_" + name;
    }

    /** Name of the table that says from when to when a relation held. */
    public String effectivityTable() {
        return "sat_" + name + EFFECTIVITY;
    }

    /** Name of the table of its attributes, if it has some. */
    public String satelliteTable() {
        return "sat_" + name;
    }

    /** Whether more than a foreign key states it, or more of it than its ends. */
    public boolean isDeclaredInDetail() {
        return origin == Origin.DOCUMENT_ID || !degenerate.isEmpty() || !attributes.isEmpty();
    }
}
