package io.vaultline.iceberg.write;

/** The moments of a commit between which a writer may die; tests make it die there. */
public enum CommitStep {
    /** The data files are complete; no catalog knows of them. */
    FILES_WRITTEN,
    /** The snapshot with the offsets is committed; the consumer group does not know. */
    TABLE_COMMITTED
}
