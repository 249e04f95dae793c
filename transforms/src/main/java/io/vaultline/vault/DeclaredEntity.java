package io.vaultline.vault;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the vault model file states of an entity.
 *
 * @param key the columns of its business key, to be held against the source; empty if the file does not say
 * @param hub the declared hub that its primary key is the key of
 * @param satellites those that columns are kept apart in; the rest stays in the entity's own
 */
public record DeclaredEntity(Named name, List<Named> key, Optional<Named> hub, List<DeclaredSatellite> satellites) {
    public DeclaredEntity {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(hub, "hub");
        key = List.copyOf(key);
        satellites = List.copyOf(satellites);
    }
}
