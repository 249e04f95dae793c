package io.vaultline.capture.output;

import io.vaultline.event.CollectionId;
import java.util.Objects;

/**
 * From where on a collection's changes are taken from the stream.
 *
 * @param position the commit position of the collection's snapshot: what the stream holds at or below it is in the
 *     snapshot; 0 for a collection that is younger than the stream; {@link #NOT_CAPTURED} for one that was seen while
 *     the configuration left it out
 * @param identity the source's own name of this incarnation of the collection; empty where it has none
 */
public record SnapshotMark(CollectionId id, long position, String identity) {
    /** The position of a collection that exists, but is left out. */
    public static final long NOT_CAPTURED = -1;

    public SnapshotMark {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(identity, "identity");
    }

    /** Whether the collection's rows are in Kafka up to {@link #position()}. */
    public boolean captured() {
        return position != NOT_CAPTURED;
    }
}
