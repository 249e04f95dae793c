package io.vaultline.capture.postgres;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;

/** Where the changes of a transaction go, in their order. */
interface ChangeSink {
    /** The header of the next change, with its place in the transaction, from 1. */
    ChangeHeader next(CollectionSchema shape);

    /** Counts a change that is not captured. */
    void skip();

    /** Adds a change that was made with {@link #next}. */
    void add(DataChangeEvent event);

    /** Where the changes of a table go whose rows may share a key until the commit ({@link SharedKeys}). */
    ChangeSink sharing();
}
