package io.vaultline.vault;

import io.vaultline.vault.model.VaultTable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A row that the mapper made, comparable by value: bytes are written in hexadecimal. */
public record VaultRow(VaultTable table, Map<String, Object> values) {
    /** The value of a column. */
    @Nullable
    public Object get(String column) {
        if (table.columns().stream().noneMatch(c -> c.name().equals(column))) {
            throw new IllegalArgumentException(table.name() + " has no column " + column);
        }
        return values.get(column);
    }

    long order(String column) {
        return values.get(column) instanceof Long order ? order : -1;
    }

    /** What makes two rows the same row. */
    List<Object> identity() {
        return table.sortingKey().stream().map(values::get).collect(Collectors.toList());
    }

    @Override
    public String toString() {
        return table.name() + values;
    }
}
