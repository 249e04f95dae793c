package io.vaultline.vault.model;

import java.util.List;
import java.util.Objects;

/**
 * A satellite of what did not fit its place, each place with its complete set for each version.
 *
 * @param name without prefix, such as {@code purchases_quarantine}
 * @param arrays multi-active satellites of the same entity; the other places are its links by ids and its misfits
 */
public record QuarantineSpec(String name, List<MultiActiveSpec> arrays) implements SetSpec {
    public static final String SUFFIX = "quarantine";

    public QuarantineSpec {
        Objects.requireNonNull(name, "name");
        arrays = List.copyOf(arrays);
    }

    @Override
    public String table() {
        return "sat_" + name;
    }

    @Override
    public String describe() {
        return "what did not fit its place";
    }
}
