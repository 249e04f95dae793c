package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a vault the plain way: what its tables keep, and what is current in them. */
final class VaultReader {
    private static final Comparator<VaultRow> COMMIT_ORDER = Comparator.<VaultRow>comparingLong(
                    row -> row.order(VaultColumn.COMMIT_POSITION))
            .thenComparingLong(row -> row.order(VaultColumn.COMMIT_ORDINAL));

    private final Map<List<Object>, VaultRow> kept = new HashMap<>();

    VaultReader(List<VaultRow> rows) {
        rows.forEach(this::keep);
    }

    private void keep(VaultRow row) {
        List<Object> identity = List.of(row.table().name(), row.identity());
        VaultRow other = kept.putIfAbsent(identity, row);
        if (other != null && row.table().keep() == VaultTable.Keep.ANY) {
            assertThat(row).as("rows of one identity are the same row").isEqualTo(other);
        } else if (other != null && COMMIT_ORDER.compare(row, other) < 0) {
            kept.put(identity, row);
        }
    }

    Set<VaultRow> all() {
        return new HashSet<>(kept.values());
    }

    /** The values of a column in the current version of each hash key that is there, as columns by name. */
    Map<Object, Map<String, Object>> current(String satellite, String hashKey, String entity) {
        Map<Object, Map<String, Object>> current = new HashMap<>();
        for (VaultRow version : inOrder(satellite)) {
            Object key = version.values().get(hashKey);
            if (version.get(VaultColumn.DELETED) == Boolean.TRUE || isBeforeTruncation(version, entity)) {
                current.remove(key);
                continue;
            }
            Map<String, Object> values = new HashMap<>(version.values());
            Map<String, Object> earlier = current.getOrDefault(key, Map.of());
            for (Object name : (List<?>) values.getOrDefault(VaultColumn.UNAVAILABLE, List.of())) {
                assertThat(values).doesNotContainKey((String) name);
                Optional.ofNullable(earlier.get(name)).ifPresent(value -> values.put((String) name, value));
            }
            current.put(key, values);
        }
        return current;
    }

    /** What a hash key is related to in its newest version that says so: values of the link's column. */
    Set<Object> related(String link, String effectivity, Object drivingKey, String drivingColumn, String column) {
        List<VaultRow> newest = new ArrayList<>();
        for (VaultRow row : inOrder(effectivity)) {
            if (drivingKey.equals(row.get(drivingColumn))) {
                if (!newest.isEmpty() && COMMIT_ORDER.compare(newest.get(0), row) < 0) {
                    newest.clear();
                }
                newest.add(row);
            }
        }
        Set<Object> related = new HashSet<>();
        String linkKey = link.substring("link_".length()) + "_hk";
        for (VaultRow row : newest) {
            if (row.get(VaultColumn.ACTIVE) == Boolean.TRUE) {
                Object found = only(link, linkKey, row.get(linkKey)).get(column);
                related.add(Optional.ofNullable(found).orElseThrow());
            }
        }
        return related;
    }

    VaultRow only(String table, String column, @Nullable Object value) {
        List<VaultRow> found = inOrder(table).stream()
                .filter(row -> row.values().get(column) != null
                        && row.values().get(column).equals(value))
                .toList();
        assertThat(found).as(table).hasSize(1);
        return found.get(0);
    }

    private boolean isBeforeTruncation(VaultRow version, String entity) {
        return inOrder("truncation").stream()
                .filter(row -> entity.equals(row.get(VaultColumn.ENTITY)))
                .anyMatch(row -> COMMIT_ORDER.compare(version, row) < 0);
    }

    private List<VaultRow> inOrder(String table) {
        return kept.values().stream()
                .filter(row -> row.table().name().equals(table))
                .sorted(COMMIT_ORDER)
                .toList();
    }
}
