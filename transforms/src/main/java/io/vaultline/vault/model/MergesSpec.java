package io.vaultline.vault.model;

import io.vaultline.event.CollectionId;
import java.util.List;
import java.util.Objects;

/**
 * Rows that state which keys of a hub mean the same, such as those of a table of merged customers. A pair holds as long as
 * a row states it.
 *
 * @param hub whose keys they are
 * @param from name of the entity whose rows state it
 * @param collection of that entity
 * @param duplicate where each part of the one key stands in a row
 * @param master where each part of the key stands that it is to be replaced by
 */
public record MergesSpec(
        String hub, String from, CollectionId collection, List<String> duplicate, List<String> master) {
    /** Name of the column with the hash key of the row that states a pair. */
    public static final String STATED_BY = "stated_by_hk";

    public MergesSpec {
        Objects.requireNonNull(hub, "hub");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(collection, "collection");
        duplicate = List.copyOf(duplicate);
        master = List.copyOf(master);
    }

    /** Name of the table that says from when to when a row stated which pairs. */
    public String effectivityTable() {
        return "sat_" + hub + "_same_as_" + from + LinkSpec.EFFECTIVITY;
    }
}
