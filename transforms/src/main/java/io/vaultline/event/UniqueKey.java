package io.vaultline.event;

import java.util.List;
import java.util.Objects;

/**
 * Columns that tell a collection's rows apart beside its primary key, as the source enforces it. Rows that have null in
 * one of them are told apart by nothing.
 *
 * @param name of the constraint or index
 * @param columns in the order of the constraint, at least one
 */
public record UniqueKey(String name, List<String> columns) {
    public UniqueKey {
        Objects.requireNonNull(name, "name");
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a unique key needs a column: " + name);
        }
    }
}
