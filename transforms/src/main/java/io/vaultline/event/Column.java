package io.vaultline.event;

import java.util.Objects;

/**
 * A column of a table, or a top-level field of the documents of a collection.
 *
 * @param name exactly as the source spells it
 * @param sourceType the source's own name of the type, for people
 * @param nullable whether a present value can be null
 */
public record Column(String name, DataType type, String sourceType, boolean nullable) {
    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(sourceType, "sourceType");
    }
}
