package io.vaultline.vault.model;

import io.vaultline.event.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A column of a multi-active satellite.
 *
 * @param path where its value stands in an element: names of fields with dots between them, or {@link #ITSELF}
 * @param name what it is called in the table
 */
public record ElementColumn(String path, String name, DataType type) {
    /** The element itself, of an array of plain values. */
    public static final String ITSELF = ".";

    public ElementColumn {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    public boolean isItself() {
        return path.equals(ITSELF);
    }

    /** The names on the path; none for the element itself. */
    public List<String> steps() {
        return isItself() ? List.of() : Arrays.asList(path.split("\\.", -1));
    }
}
