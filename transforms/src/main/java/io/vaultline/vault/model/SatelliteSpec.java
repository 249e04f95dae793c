package io.vaultline.vault.model;

import java.util.List;
import java.util.Objects;

/**
 * A standard satellite: the versions of an anchor's attributes. A delete is a version too, with {@code deleted} set.
 *
 * @param name without prefix, such as {@code products}
 * @param columns source columns it keeps, in the source's order; can be none
 */
public record SatelliteSpec(String name, List<String> columns, Kind kind) {

    /** Where the versions stand. */
    public enum Kind {
        /** In a satellite, which hangs on a hub or link. */
        SATELLITE("sat_"),
        /** In a reference table, which holds the key too. */
        REFERENCE("ref_"),
        /** In a link of events, which holds the key and the ends too. */
        EVENT("link_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    public SatelliteSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        columns = List.copyOf(columns);
    }

    /** A satellite on a hub or link. */
    public SatelliteSpec(String name, List<String> columns) {
        this(name, columns, Kind.SATELLITE);
    }

    /** Name of the table. */
    public String table() {
        return kind.prefix + name;
    }
}
