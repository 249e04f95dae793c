package io.vaultline.iceberg.write;

/** Told how far a commit has come, on the committing thread. */
@FunctionalInterface
public interface CommitListener {
    /** Tells nobody. */
    CommitListener NONE = (step, table) -> {};

    /** @param table full name of the table */
    void reached(CommitStep step, String table);
}
