package io.vaultline.event;

/** Whether a collection's shape is declared by the source or observed by us. */
public enum CollectionKind {
    /** Columns are declared by the source. */
    TABLE,
    /** Columns are the top-level fields seen so far; what doesn't fit a column stands in {@code _misfits}. */
    DOCUMENTS
}
