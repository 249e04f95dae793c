package io.vaultline.capture.postgres;

import io.vaultline.capture.output.SnapshotParts;
import io.vaultline.capture.output.SnapshotParts.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Arithmetic with ranges of keys. */
final class KeyRanges {
    private KeyRanges() {}

    /**
     * The ranges of keys that are not done, cut at boundaries, in the keys' order.
     *
     * @param boundaries in the keys' order
     * @param position of the new ranges
     */
    static List<Range> missing(KeyOrder order, SnapshotParts done, List<List<String>> boundaries, long position) {
        List<Range> ranges = new ArrayList<>();
        for (Range gap : gaps(order, done, position)) {
            List<String> from = gap.from();
            for (List<String> boundary : boundaries) {
                if (isInside(order, gap, boundary)) {
                    ranges.add(new Range(from, boundary, position));
                    from = boundary;
                }
            }
            ranges.add(new Range(from, gap.to(), position));
        }
        return ranges;
    }

    private static boolean isInside(KeyOrder order, Range gap, List<String> key) {
        Comparator<List<String>> keys = order.texts();
        return (gap.from().isEmpty() || keys.compare(key, gap.from()) > 0)
                && (gap.to().isEmpty() || keys.compare(key, gap.to()) < 0);
    }

    private static List<Range> gaps(KeyOrder order, SnapshotParts done, long position) {
        List<Range> gaps = new ArrayList<>();
        List<String> reached = List.of();
        for (Range range : sorted(order, done)) {
            if (!range.from().equals(reached)) {
                gaps.add(new Range(reached, range.from(), position));
            }
            reached = range.to();
            if (reached.isEmpty()) {
                return gaps;
            }
        }
        gaps.add(new Range(reached, List.of(), position));
        return gaps;
    }

    /** By their beginning. */
    static List<Range> sorted(KeyOrder order, SnapshotParts parts) {
        Comparator<List<String>> keys = (left, right) -> left.isEmpty() || right.isEmpty()
                ? Boolean.compare(!left.isEmpty(), !right.isEmpty())
                : order.texts().compare(left, right);
        return parts.ranges().stream()
                .sorted(Comparator.comparing(Range::from, keys))
                .toList();
    }

    /** The condition that holds for the keys of a range; empty if for all. */
    static String condition(KeyOrder order, Range range) {
        List<String> conditions = new ArrayList<>();
        if (!range.from().isEmpty()) {
            conditions.add(columns(order) + " >= " + literals(range.from()));
        }
        if (!range.to().isEmpty()) {
            conditions.add(columns(order) + " < " + literals(range.to()));
        }
        return String.join(" AND ", conditions);
    }

    private static String columns(KeyOrder order) {
        return order.names().stream().map(Sql::identifier).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String literals(List<String> key) {
        return key.stream().map(Sql::literal).collect(Collectors.joining(", ", "(", ")"));
    }
}
