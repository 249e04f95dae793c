package io.vaultline.vault.oracle;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which keys mean the same, from what happened to rows and from what rows say of keys. */
final class ReferenceKeys {
    private final List<Fact> facts;
    private final ReferenceVault vault;

    ReferenceKeys(List<Fact> facts, ReferenceVault vault) {
        this.facts = facts;
        this.vault = vault;
    }

    /**
     * The keys that a row had before and that no row has now, each followed by what that very row is called in the end.
     * A row that is read again is another one, as nothing says that it is the same. Of customers, what rows of merges say
     * goes before.
     */
    List<List<@Nullable Object>> duplicates(CollectionSchema schema) {
        Map<List<@Nullable Object>, List<@Nullable Object>> moved = moved(schema);
        Map<List<@Nullable Object>, List<@Nullable Object>> stated =
                schema.equals(World.CUSTOMERS) ? merged() : Map.of();
        Set<List<@Nullable Object>> all = new HashSet<>(moved.keySet());
        all.addAll(stated.keySet());
        List<List<@Nullable Object>> pairs = new ArrayList<>();
        for (List<@Nullable Object> key : all) {
            List<@Nullable Object> pair = new ArrayList<>(key);
            pair.addAll(master(key, moved, stated));
            pairs.add(pair);
        }
        return pairs;
    }

    /** What rows say now of which key is which other. */
    private Map<List<@Nullable Object>, List<@Nullable Object>> merged() {
        Map<List<@Nullable Object>, List<@Nullable Object>> merged = new HashMap<>();
        vault.facts(World.MERGES, Long.MAX_VALUE).forEach(fact -> {
            Row row = Objects.requireNonNull(fact.row());
            if (row.get("new_id") != null && !Objects.equals(row.get("old_id"), row.get("new_id"))) {
                merged.put(SourceDatabase.identity(row), Arrays.asList(row.get("new_id")));
            }
        });
        return merged;
    }

    /** What is said of a key goes before its change; behind a change only what is said leads on. */
    private static List<@Nullable Object> master(
            List<@Nullable Object> key,
            Map<List<@Nullable Object>, List<@Nullable Object>> moved,
            Map<List<@Nullable Object>, List<@Nullable Object>> stated) {
        Set<List<@Nullable Object>> passed = new HashSet<>(Set.of(key));
        List<@Nullable Object> at = key;
        boolean byStatement = true;
        while (true) {
            boolean said = stated.containsKey(at);
            List<@Nullable Object> next = said ? stated.get(at) : byStatement ? moved.get(at) : null;
            if (next == null || !passed.add(next)) {
                return at;
            }
            at = next;
            byStatement = said;
        }
    }

    /** For each such key what its row is called in the end. */
    private Map<List<@Nullable Object>, List<@Nullable Object>> moved(CollectionSchema schema) {
        Map<List<@Nullable Object>, Integer> rowOf = new HashMap<>();
        Map<List<@Nullable Object>, Integer> duplicates = new HashMap<>();
        List<List<@Nullable Object>> names = new ArrayList<>();
        Set<List<@Nullable Object>> there = new HashSet<>();
        for (Fact fact : facts) {
            List<@Nullable Object> identity = fact.identity();
            if (!fact.schema().equals(schema)) {
                continue;
            }
            if (identity == null) {
                there.clear();
            } else if (!fact.added()) {
                there.remove(identity);
            } else if (there.add(identity)) {
                duplicates.remove(identity);
                if (fact.movedFrom() == null) {
                    rowOf.put(identity, names.size());
                    names.add(identity);
                } else {
                    int row = Objects.requireNonNull(rowOf.get(fact.movedFrom()));
                    rowOf.put(identity, row);
                    names.set(row, identity);
                    duplicates.put(fact.movedFrom(), row);
                }
            }
        }
        Map<List<@Nullable Object>, List<@Nullable Object>> moved = new HashMap<>();
        duplicates.forEach((key, row) -> moved.put(key, names.get(row)));
        return moved;
    }
}
