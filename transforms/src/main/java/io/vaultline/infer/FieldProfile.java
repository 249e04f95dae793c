package io.vaultline.infer;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What sampled rows have at one path: which kinds of values, in how many rows, and the values that could be keys. */
final class FieldProfile {
    /** Kinds of values; numbers and texts can be keys. */
    enum Kind {
        NUMBER,
        TEXT,
        BOOLEAN,
        OBJECT,
        ARRAY,
        OTHER
    }

    /** More distinct values are not kept. */
    private static final int MAX_DISTINCT = 100_000;
    /** Whole numbers that fill at least half of their range are found in any other column of small numbers. */
    private static final int DENSE = 2;

    private final Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
    private final Set<String> keys = new HashSet<>();
    private int rows;
    private int lastRow = -1;
    private final Set<String> inRow = new HashSet<>();
    private int lastKeyRow = -1;
    private int repeats;

    void add(int row, Kind kind) {
        kinds.merge(kind, 1, Integer::sum);
        if (row != lastRow) {
            rows++;
            lastRow = row;
        }
    }

    /** @param value the same text for equal values */
    void addKey(int row, Kind kind, String value) {
        add(row, kind);
        if (row != lastKeyRow) {
            inRow.clear();
            lastKeyRow = row;
        }
        if (!inRow.add(value)) {
            repeats++;
        }
        if (keys.size() < MAX_DISTINCT) {
            keys.add(value);
        }
    }

    /** In how many rows the path is. */
    int rows() {
        return rows;
    }

    /** How many values there are, several in a row counted each. */
    int values() {
        return kinds.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many numbers and texts stood in their row before. */
    int repeats() {
        return repeats;
    }

    Map<Kind, Integer> kinds() {
        return Collections.unmodifiableMap(kinds);
    }

    boolean isOnly(Kind kind) {
        return kinds.keySet().equals(Set.of(kind));
    }

    /** The distinct numbers and texts, as texts. */
    Set<String> keys() {
        return Collections.unmodifiableSet(keys);
    }

    /** Whether the values are whole numbers with few gaps, so that finding one of them says little. */
    boolean isDense() {
        if (!isOnly(Kind.NUMBER) || keys.isEmpty()) {
            return false;
        }
        BigDecimal least =
                keys.stream().map(BigDecimal::new).reduce(BigDecimal::min).orElseThrow();
        BigDecimal most =
                keys.stream().map(BigDecimal::new).reduce(BigDecimal::max).orElseThrow();
        return most.subtract(least).compareTo(BigDecimal.valueOf((long) DENSE * keys.size())) <= 0;
    }
}
