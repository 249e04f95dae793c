package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import java.util.List;
import java.util.Objects;

/**
 * What a collection is in the vault: an anchor and its satellites, seen by people as {@code <name>_current} and
 * {@code <name>_history}.
 *
 * @param satellites one or more, without a column in common; the first holds what no other takes
 */
public record EntitySpec(String name, CollectionSchema schema, AnchorSpec anchor, List<SatelliteSpec> satellites) {
    public EntitySpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(anchor, "anchor");
        satellites = List.copyOf(satellites);
        if (satellites.isEmpty()) {
            throw new IllegalArgumentException("entity " + name + " needs a satellite");
        }
    }

    /** Name of the view of the newest state. */
    public String currentView() {
        return name + "_current";
    }

    /** Name of the view of all states. */
    public String historyView() {
        return name + "_history";
    }
}
