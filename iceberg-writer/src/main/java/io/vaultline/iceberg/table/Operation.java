package io.vaultline.iceberg.table;

import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import java.util.Locale;

/** What happened, as {@link CdcColumns#OPERATION} spells it. */
public enum Operation {
    READ,
    CREATE,
    UPDATE,
    DELETE,
    TRUNCATE;

    static Operation of(DataChangeEvent event) {
        if (event instanceof RowRead) {
            return READ;
        } else if (event instanceof RowCreated) {
            return CREATE;
        } else if (event instanceof RowUpdated) {
            return UPDATE;
        }
        return event instanceof RowDeleted ? DELETE : TRUNCATE;
    }

    /** The spelling in the column. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the spelling. @throws IllegalArgumentException if it is none */
    public static Operation parse(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
