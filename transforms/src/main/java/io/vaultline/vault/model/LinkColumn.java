package io.vaultline.vault.model;

import io.vaultline.event.DataType;
import io.vaultline.vault.value.DocumentPath;
import java.util.Objects;

/**
 * A column of a link or of its satellite that holds a value of the row that states the relation.
 *
 * @param name of the column
 * @param path where the value stands in the row, such as {@code since} or {@code items[].quantity}
 */
public record LinkColumn(String name, String path, DataType type) {
    public LinkColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(type, "type");
    }

    /** Whether there can be several of it in a row. */
    public boolean isWithinArrays() {
        return DocumentPath.parse(path).depth() > 0;
    }
}
