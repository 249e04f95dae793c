package io.vaultline.vault.oracle;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares what has no order, and tells only what differs. */
public final class Same {
    private Same() {}

    /** Equal elements count as often as they are there. */
    public static void rows(String what, Collection<?> found, Collection<?> expected) {
        entries(what, counted(found), counted(expected));
    }

    /** The same keys with the same values. */
    public static void entries(String what, Map<?, ?> found, Map<?, ?> expected) {
        if (found.equals(expected)) {
            return;
        }
        Map<@Nullable Object, @Nullable Object> lacking = new HashMap<>(expected);
        found.entrySet().forEach(entry -> lacking.remove(entry.getKey(), entry.getValue()));
        Map<@Nullable Object, @Nullable Object> tooMuch = new HashMap<>(found);
        expected.entrySet().forEach(entry -> tooMuch.remove(entry.getKey(), entry.getValue()));
        throw new AssertionError(what + "\n  lacks " + lacking + "\n  has " + tooMuch);
    }

    private static Map<Object, Integer> counted(Collection<?> rows) {
        Map<Object, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row, 1, Integer::sum));
        return counts;
    }
}
