package io.vaultline.vault;

import java.util.List;
import java.util.Objects;

/**
 * What the vault model file states of an entity.
 *
 * @param key the columns of its business key, to be held against the source; empty if the file does not say
 * @param satellites those that columns are kept apart in; the rest stays in the entity's own
 */
public record DeclaredEntity(Named name, List<Named> key, List<DeclaredSatellite> satellites) {
    public DeclaredEntity {
        Objects.requireNonNull(name, "name");
        key = List.copyOf(key);
        satellites = List.copyOf(satellites);
    }
}
