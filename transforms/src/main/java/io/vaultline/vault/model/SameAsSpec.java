package io.vaultline.vault.model;

import java.util.List;
import java.util.Objects;

/**
 * A same-as link of a hub: one row for each pair of business keys of which one, the duplicate, was found to be the other,
 * the master. A row that gets a new primary key states such a pair: its old key is the duplicate. From when to when a key
 * was a duplicate for that reason says the effectivity, driven by the duplicate: it is one until a row has that key again.
 *
 * @param keysChange whether changes of primary keys state pairs; not those of a hub that is no collection
 * @param merges what else states pairs
 */
public record SameAsSpec(String hub, boolean keysChange, List<MergesSpec> merges) {
    /** Names of the hash keys' columns of the two ends. */
    public static final String MASTER = "master_hk";

    public static final String DUPLICATE = "duplicate_hk";

    public SameAsSpec {
        Objects.requireNonNull(hub, "hub");
        merges = List.copyOf(merges);
    }

    /** Name of the table of pairs. */
    public String table() {
        return "sal_" + hub;
    }

    /** Name of the table that says from when to when a key was a duplicate, because the row that had it got another. */
    public String effectivityTable() {
        return "sat_" + hub + "_same_as" + LinkSpec.EFFECTIVITY;
    }

    /** Name of the hash key's column. */
    public String hashKey() {
        return hub + "_same_as_hk";
    }

    /** Name of the view that leads from each duplicate to its newest master. */
    public String view() {
        return hub + "_same_as";
    }
}
