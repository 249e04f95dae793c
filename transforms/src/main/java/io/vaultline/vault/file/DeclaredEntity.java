package io.vaultline.vault.file;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the vault model file states of an entity.
 *
 * @param key the columns of its business key, to be held against the source; empty if the file does not say
 * @param hub the declared hub that its primary key is the key of
 * @param as what it is in place of a hub: {@link #REFERENCE} or {@link #EVENT}
 * @param satellites those that columns are kept apart in; the rest stays in the entity's own
 * @param arrays multi-active satellites
 * @param statusTracking where it is asked for, if it is
 * @param quarantine where it is asked for, if it is
 * @param computed columns that its views compute
 */
public record DeclaredEntity(
        Named name,
        List<Named> key,
        Optional<Named> hub,
        Optional<Named> as,
        List<DeclaredSatellite> satellites,
        List<DeclaredArray> arrays,
        Optional<Place> statusTracking,
        Optional<Place> quarantine,
        List<DeclaredComputed> computed) {
    static final String REFERENCE = "reference";

    static final String EVENT = "event";

    public DeclaredEntity {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(hub, "hub");
        Objects.requireNonNull(as, "as");
        key = List.copyOf(key);
        satellites = List.copyOf(satellites);
        arrays = List.copyOf(arrays);
        Objects.requireNonNull(statusTracking, "statusTracking");
        Objects.requireNonNull(quarantine, "quarantine");
        computed = List.copyOf(computed);
    }

    public boolean isReference() {
        return isKind(REFERENCE);
    }

    public boolean isEvent() {
        return isKind(EVENT);
    }

    private boolean isKind(String kind) {
        return as.filter(stated -> stated.name().equals(kind)).isPresent();
    }

    /** Whether it states a satellite of any kind. */
    boolean hasSatellites() {
        return !satellites.isEmpty() || !arrays.isEmpty() || statusTracking.isPresent() || quarantine.isPresent();
    }
}
