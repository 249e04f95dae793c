package io.vaultline.vault.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A multi-active satellite: each version of an anchor has a row for each element of an array.
 *
 * @param name without prefix, such as {@code purchases_items}
 * @param array where the array stands in a row: names of fields with dots between them, the first that of a column
 * @param subKey names of the columns that tell elements apart; none if their place does
 * @param columns one or more, the sub-key's among them
 */
public record MultiActiveSpec(String name, String array, List<String> subKey, List<ElementColumn> columns)
        implements SetSpec {
    public MultiActiveSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(array, "array");
        subKey = List.copyOf(subKey);
        columns = List.copyOf(columns);
    }

    /** The names on the array's path. */
    public List<String> steps() {
        return Arrays.asList(array.split("\\.", -1));
    }

    @Override
    public String describe() {
        String by = subKey.isEmpty() ? "by place" : "by " + String.join(", ", subKey);
        String names = columns.stream().map(ElementColumn::name).collect(Collectors.joining(", "));
        return "a row for each element of " + array + ", " + by + ": " + names;
    }

    @Override
    public String table() {
        return "sat_" + name;
    }
}
