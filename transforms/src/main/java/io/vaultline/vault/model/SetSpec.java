package io.vaultline.vault.model;

/**
 * A satellite that holds a set for each version of its anchor: as many rows as the set has, or one row of number 0 that
 * says that there is none. A version that does not say leaves the earlier set.
 */
public sealed interface SetSpec permits MultiActiveSpec, QuarantineSpec {
    /** Without prefix. */
    String name();

    /** Name of the table. */
    String table();

    /** What the set is, for people. */
    String describe();

    /** Name of the view of the newest sets. */
    default String currentView() {
        return name() + "_current";
    }

    /** Name of the view of all sets. */
    default String historyView() {
        return name() + "_history";
    }
}
