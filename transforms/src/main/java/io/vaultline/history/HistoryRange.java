package io.vaultline.history;

import io.vaultline.event.CommitOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of a history are wanted.
 *
 * @param after only changes that come after this one; null for no such bound
 * @param maxPosition the newest commit position that counts
 * @param maxCommitMicros the newest commit time that counts, microseconds since the epoch
 * @param images what the changes must carry
 */
public record HistoryRange(@Nullable CommitOrder after, long maxPosition, long maxCommitMicros, Images images) {
    /** What a change must carry. */
    public enum Images {
        /** The row after the change only: before-images may be left out, which is cheaper. */
        AFTER,
        /** Everything that the source gave. */
        BOTH
    }

    private static final HistoryRange ALL = new HistoryRange(null, Long.MAX_VALUE, Long.MAX_VALUE, Images.BOTH);

    /** Everything. */
    public static HistoryRange all() {
        return ALL;
    }

    /** Up to and including the commit at a position. */
    public static HistoryRange upTo(long commitPosition) {
        return new HistoryRange(null, commitPosition, Long.MAX_VALUE, Images.BOTH);
    }

    /** Up to and including a moment of the source's commit clock. */
    public static HistoryRange upTo(Instant commitTime) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, commitTime);
        return new HistoryRange(null, Long.MAX_VALUE, micros, Images.BOTH);
    }

    /** This range, but only what comes after a change. */
    public HistoryRange since(CommitOrder order) {
        return new HistoryRange(order, maxPosition, maxCommitMicros, images);
    }

    /** This range, with before-images or without. */
    public HistoryRange with(Images wanted) {
        return new HistoryRange(after, maxPosition, maxCommitMicros, wanted);
    }

    /** Whether a change lies within. */
    public boolean contains(CommitOrder order, long commitMicros) {
        return order.commitPosition() <= maxPosition
                && commitMicros <= maxCommitMicros
                && (after == null || order.compareTo(after) > 0);
    }
}
