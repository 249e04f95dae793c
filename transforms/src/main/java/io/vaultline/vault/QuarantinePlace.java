package io.vaultline.vault;

import io.vaultline.event.Row;
import java.util.List;
import java.util.Optional;

/** A place in the vault that values of a row can fail to fit. */
interface QuarantinePlace {
    /**
     * Something that did not fit.
     *
     * @param path where it stands in the row, with places in arrays from 1
     * @param reason one of the constants
     * @param value as the source wrote it
     */
    record Finding(String path, String reason, String value) {
        /** A value that the column's type has not. */
        static final String WRONG_TYPE = "wrong_type";
        /** A value that can't be a key of the hub that a link leads to. */
        static final String NO_KEY = "no_key";
        /** Something else where an array should be. */
        static final String NO_ARRAY = "no_array";
        /** Something else where an object should be. */
        static final String NO_OBJECT = "no_object";
        /** An element of an array without what tells it from the others. */
        static final String NO_SUB_KEY = "no_sub_key";
    }

    /** Names the place: a table of the vault, or the column of misfits. */
    String name();

    /** Everything that does not fit; empty if the row does not say. */
    Optional<List<Finding>> find(Row row);
}
