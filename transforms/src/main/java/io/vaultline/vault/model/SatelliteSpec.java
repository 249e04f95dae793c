package io.vaultline.vault.model;

import java.util.List;
import java.util.Objects;

/**
 * A standard satellite: the versions of an anchor's attributes. A delete is a version too, with {@code deleted} set.
 *
 * @param name without prefix, such as {@code products}
 * @param columns source columns it keeps, in the source's order; can be none
 * @param isReference whether it is a reference table, which holds the key too
 */
public record SatelliteSpec(String name, List<String> columns, boolean isReference) {
    public SatelliteSpec {
        Objects.requireNonNull(name, "name");
        columns = List.copyOf(columns);
    }

    /** A satellite on a hub or link. */
    public SatelliteSpec(String name, List<String> columns) {
        this(name, columns, false);
    }

    /** Name of the table. */
    public String table() {
        return (isReference ? "ref_" : "sat_") + name;
    }
}
