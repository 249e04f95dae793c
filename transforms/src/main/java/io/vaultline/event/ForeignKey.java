package io.vaultline.event;

import java.util.List;
import java.util.Objects;

/**
 * A foreign key as the source declares it.
 *
 * @param columns referencing columns, in the order of {@code targetColumns}
 */
public record ForeignKey(String name, List<String> columns, CollectionId target, List<String> targetColumns) {
    public ForeignKey {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(target, "target");
        columns = List.copyOf(columns);
        targetColumns = List.copyOf(targetColumns);
        if (columns.isEmpty() || columns.size() != targetColumns.size()) {
            throw new IllegalArgumentException("foreign key " + name + " does not pair its columns");
        }
    }
}
