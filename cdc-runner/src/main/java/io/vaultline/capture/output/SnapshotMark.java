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
 * @param complete whether all rows are in Kafka; else those of the parts are, or some of a collection without parts
 * @param parts the ranges of keys that were read as of positions of their own; the newest of them is {@code position}.
 *     None where all rows were read as of {@code position}
 */
public record SnapshotMark(CollectionId id, long position, String identity, boolean complete, SnapshotParts parts) {
    /** The position of a collection that exists, but is left out. */
    public static final long NOT_CAPTURED = -1;

    /** The identity in a mark whose snapshot does not count any more: no collection has it. */
    private static final String GIVEN_UP = "given up";

    public SnapshotMark {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(parts, "parts");
    }

    /** A mark of a collection that was read as a whole, or is left out. */
    public SnapshotMark(CollectionId id, long position, String identity) {
        this(id, position, identity, true, SnapshotParts.NONE);
    }

    /** The same, but the collection is to be read again. */
    public SnapshotMark givenUp() {
        return new SnapshotMark(id, position, GIVEN_UP);
    }

    /** Whether the collection is to be read again, since changes of it were lost. */
    public boolean isGivenUp() {
        return identity.equals(GIVEN_UP);
    }

    /** Whether the collection's rows are in Kafka up to {@link #position()}. */
    public boolean captured() {
        return complete && position != NOT_CAPTURED;
    }

    /** Whether any rows of the collection may be in Kafka. */
    public boolean begun() {
        return position != NOT_CAPTURED;
    }

    /** The least commit position of what was read: the stream is needed from there on. */
    public long oldest() {
        return parts.ranges().stream()
                .mapToLong(SnapshotParts.Range::position)
                .min()
                .orElse(position);
    }
}
