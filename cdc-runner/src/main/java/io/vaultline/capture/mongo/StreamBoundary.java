package io.vaultline.capture.mongo;

import io.vaultline.event.CommitOrder;

/** Something that is to happen in the stream at an exact cluster time: behind all changes up to it, before all later ones. */
interface StreamBoundary {
    /** The time of a boundary that is none. */
    long NEVER = Long.MAX_VALUE;

    /** Behind which time it is to happen; {@link #NEVER} if nothing waits. */
    long time();

    /**
     * Called between two Kafka transactions: chooses a time, if something waits for one.
     *
     * @param taken the newest time of which anything was taken; none before it can be chosen
     */
    void look(long taken);

    /**
     * Lets it happen. No Kafka transaction is open, and none is left open.
     *
     * @param first a place behind all changes so far and before all that follow; the one after it is too
     */
    void pass(CommitOrder first);
}
