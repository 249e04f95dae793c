package io.vaultline.vault;

import java.util.List;
import java.util.Objects;

/**
 * A standard satellite: the versions of an anchor's attributes. A delete is a version too, with {@code deleted} set.
 *
 * @param name without prefix, such as {@code products}
 * @param columns source columns it keeps, in the source's order; can be none
 */
public record SatelliteSpec(String name, List<String> columns) {
    public SatelliteSpec {
        Objects.requireNonNull(name, "name");
        columns = List.copyOf(columns);
    }

    /** Name of the table. */
    public String table() {
        return "sat_" + name;
    }
}
