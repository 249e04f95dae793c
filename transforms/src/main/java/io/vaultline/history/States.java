package io.vaultline.history;

import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.Row;
import java.util.function.Consumer;

/** The states of one share of a collection's identities while its changes are read. */
interface States {
    /** Takes a change into account if it concerns this share. */
    void add(DataChangeEvent event);

    /** Bytes of the heap, roughly. */
    long bytes();

    /** How many identities are held. */
    int identities();

    /** Forgets what a smaller share does not hold. */
    void shrinkTo(Share share);

    /** Hands over the rows that exist, and the moved rows whose old identity has still to be looked at. */
    void finish(Consumer<Row> rows, Consumer<MovedRow> moved);
}
