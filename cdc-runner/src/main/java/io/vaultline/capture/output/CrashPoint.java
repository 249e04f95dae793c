package io.vaultline.capture.output;

/** Told of each named place that capture reaches. Fault tests end the process there; otherwise nobody listens. */
@FunctionalInterface
public interface CrashPoint {
    /** Nobody listens. */
    CrashPoint NONE = (place, pending) -> {};

    /** The places, in the order in which a Kafka transaction passes them. */
    enum Place {
        /** A Kafka transaction is about to begin. */
        BEFORE_SEND,
        /** A row of a snapshot was handed to the producer. */
        SNAPSHOT_ROW_SENT,
        /** A change was handed to the producer. */
        CHANGE_SENT,
        /** All that belongs to the Kafka transaction was sent, its position too. */
        BEFORE_COMMIT,
        /** The Kafka transaction is durable; nobody was told, least of all the source. */
        AFTER_COMMIT,
        /** The same in the middle of a large transaction of the source. */
        AFTER_PART
    }

    /** @param pending changes in the open Kafka transaction so far */
    void reached(Place place, long pending);
}
