package io.vaultline.vault.file;

import io.vaultline.event.DataType;
import io.vaultline.vault.model.AnchorSpec;
import io.vaultline.vault.model.ColumnNames;
import io.vaultline.vault.model.ElementColumn;
import io.vaultline.vault.model.MultiActiveSpec;
import io.vaultline.vault.model.VaultNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A multi-active satellite of an array's elements, as the vault model file states it.
 *
 * @param name of the satellite, without the entity's name
 * @param array where the array stands in a row: names of fields with dots between them
 * @param subKey paths of the columns that tell elements apart; none if their place does
 * @param columns by their path within an element
 */
public record DeclaredArray(Named name, Named array, List<Named> subKey, List<Column> columns) {

    /** @param path as in {@link ElementColumn} */
    public record Column(Named path, DataType type) {}

    private static final String ITSELF_NAME = "value";

    public DeclaredArray {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(array, "array");
        subKey = List.copyOf(subKey);
        columns = List.copyOf(columns);
    }

    /** Name of the top-level field that the array stands in. */
    Named column() {
        return new Named(array.name().split("\\.", 2)[0], array.where());
    }

    public MultiActiveSpec spec(String entity, AnchorSpec anchor) {
        Set<String> taken = new HashSet<>(Set.of(anchor.hashKey()));
        List<ElementColumn> named = new ArrayList<>();
        for (Column column : columns) {
            String path = column.path().name();
            String wanted = path.equals(ElementColumn.ITSELF) ? ITSELF_NAME : VaultNames.safe(path);
            String name = ColumnNames.ofSet(wanted, taken);
            taken.add(name);
            named.add(new ElementColumn(path, name, column.type()));
        }
        List<String> keys = named.stream()
                .filter(column -> subKey.stream().anyMatch(key -> key.name().equals(column.path())))
                .map(ElementColumn::name)
                .toList();
        return new MultiActiveSpec(entity + "_" + name, array.name(), keys, named);
    }
}
