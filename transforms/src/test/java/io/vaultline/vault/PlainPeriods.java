package io.vaultline.vault;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The periods of what commits left of a row. */
final class PlainPeriods {
    private PlainPeriods() {}

    /** What a commit left of a row. */
    record Change(long micros, @Nullable List<@Nullable Object> values) {}

    /** Adds each of the values with the time from which to which it was the newest. */
    static void add(List<Change> changes, List<List<@Nullable Object>> periods) {
        long start = Long.MIN_VALUE;
        List<@Nullable Object> open = null;
        for (Change change : changes) {
            start = Math.max(change.micros, start + 1);
            if (open != null) {
                open.add(start);
            }
            open = null;
            if (change.values != null) {
                open = new ArrayList<>(change.values);
                open.add(start);
                periods.add(open);
            }
        }
        if (open != null) {
            open.add(null);
        }
    }
}
