package io.vaultline.vault.file;

import java.util.List;
import java.util.Objects;

/**
 * A satellite that takes some of an entity's columns, as the vault model file states it.
 *
 * @param name of the group, without the entity's name
 * @param columns of the source
 * @param exceptThese whether it takes all columns but these
 */
public record DeclaredSatellite(Named name, List<Named> columns, boolean exceptThese) {
    public DeclaredSatellite {
        Objects.requireNonNull(name, "name");
        columns = List.copyOf(columns);
    }

    public boolean names(String column) {
        return columns.stream().anyMatch(named -> named.name().equals(column));
    }
}
