package io.vaultline.capture.postgres;

/** Something that is to happen in the stream at an exact position: after one commit and before the next. */
interface CommitBoundary {
    /** Whether it is to happen before the changes of this commit, all earlier ones being durable. */
    boolean isDue(long commitLsn);

    /** Lets it happen. No Kafka transaction is open, and none is left open. */
    void pass() throws InterruptedException;
}
