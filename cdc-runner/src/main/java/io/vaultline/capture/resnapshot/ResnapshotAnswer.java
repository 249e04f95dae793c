package io.vaultline.capture.resnapshot;

import java.util.Objects;

/**
 * How far a request is. Durable together with the rows that it counts.
 *
 * @param rows that are durable, 0 or more
 * @param position the commit position that the rows were read at; 0 before that is known
 * @param text why it was refused; else empty
 */
public record ResnapshotAnswer(Status status, long rows, long position, String text) {
    /** Where a request is. */
    public enum Status {
        /** The capture has seen it, and waits for its moment, or reads. */
        READING,
        /** All rows are durable. */
        DONE,
        /** It can't be done. */
        REFUSED;

        /** Whether nothing more will come. */
        public boolean isFinal() {
            return this != READING;
        }
    }

    public ResnapshotAnswer {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(text, "text");
    }
}
