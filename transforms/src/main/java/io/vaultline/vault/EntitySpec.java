package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import java.util.Objects;

/**
 * What a collection is in the vault: an anchor and its satellite, seen by people as {@code <name>_current} and
 * {@code <name>_history}.
 */
public record EntitySpec(String name, CollectionSchema schema, AnchorSpec anchor, SatelliteSpec satellite) {
    public EntitySpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(anchor, "anchor");
        Objects.requireNonNull(satellite, "satellite");
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
