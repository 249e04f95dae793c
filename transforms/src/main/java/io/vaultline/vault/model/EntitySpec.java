package io.vaultline.vault.model;

import io.vaultline.event.CollectionSchema;
import java.util.List;
import java.util.Objects;

/**
 * What a collection is in the vault: an anchor and its satellites, seen by people as {@code <name>_current} and
 * {@code <name>_history}.
 *
 * @param satellites one or more, without a column in common; the first holds what no other takes
 * @param sets satellites that hold a set for each version
 * @param statusTracking whether a satellite says how rows came and went
 * @param computed columns that its views have beside those of the source
 */
public record EntitySpec(
        String name,
        CollectionSchema schema,
        AnchorSpec anchor,
        List<SatelliteSpec> satellites,
        List<SetSpec> sets,
        boolean statusTracking,
        List<ComputedSpec> computed) {
    public EntitySpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(anchor, "anchor");
        satellites = List.copyOf(satellites);
        sets = List.copyOf(sets);
        computed = List.copyOf(computed);
        if (satellites.isEmpty()) {
            throw new IllegalArgumentException("entity " + name + " needs a satellite");
        }
    }

    /** Name of the satellite that says how rows came and went, if there is one. */
    public String statusTable() {
        return "sat_" + name + "_status";
    }

    /** Name of the view of how each row that ever was stands now. */
    public String statusView() {
        return name + "_status_current";
    }

    /** Name of the view of how rows came and went. */
    public String statusHistoryView() {
        return name + "_status_history";
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
