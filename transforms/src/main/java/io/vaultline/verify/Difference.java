package io.vaultline.verify;

import java.util.List;
import java.util.Objects;

/**
 * A row in which a store differs from the source.
 *
 * @param key names and values of what identifies the row; data, so for reports that were asked for and never for logs
 * @param columns the columns whose values differ; empty unless both have the row
 */
public record Difference(Kind kind, String key, List<String> columns) {

    /** How a row differs. */
    public enum Kind {
        /** The source has it, the store has not. */
        MISSING,
        /** The store has it, the source has not. */
        EXTRA,
        /** Both have it, with other values. */
        DIFFERENT
    }

    public Difference {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        columns = List.copyOf(columns);
    }

    /** A row that one of the two has not. */
    Difference(Kind kind, String key) {
        this(kind, key, List.of());
    }
}
