package io.vaultline.capture.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The ranges of keys of a collection whose rows are in Kafka, each as of a position. Neighbours of one position are one
 * range, so there are as many as a snapshot had interruptions and readers side by side, whatever the collection's size.
 *
 * @param key what the ranges are over, in the source's own words: ranges over another key say nothing
 * @param ranges without overlap, in no order
 */
public record SnapshotParts(String key, List<Range> ranges) {
    /** No ranges, for a collection that is read as a whole. */
    public static final SnapshotParts NONE = new SnapshotParts("", List.of());

    public SnapshotParts {
        Objects.requireNonNull(key, "key");
        ranges = List.copyOf(ranges);
    }

    /**
     * Keys from one, inclusive, to another, exclusive.
     *
     * @param from the texts of the key's columns; empty for the beginning
     * @param to the same; empty for the end
     * @param position the commit position of the snapshot that read them
     */
    public record Range(List<String> from, List<String> to, long position) {
        public Range {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }

        private boolean precedes(Range next) {
            return !to.isEmpty() && to.equals(next.from) && position == next.position;
        }
    }

    /** These ranges and one more, which overlaps none of them. */
    public SnapshotParts with(Range added) {
        List<Range> merged = new ArrayList<>();
        Range whole = added;
        for (Range range : ranges) {
            if (range.precedes(whole)) {
                whole = new Range(range.from, whole.to, whole.position);
            } else if (whole.precedes(range)) {
                whole = new Range(whole.from, range.to, whole.position);
            } else {
                merged.add(range);
            }
        }
        merged.add(whole);
        return new SnapshotParts(key, merged);
    }
}
