package io.vaultline.vault.oracle;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.Row;
import io.vaultline.vault.oracle.World.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a vault must hold and show, computed from what truly happened at the source: from whole rows, without events, hashes
 * and tables.
 */
public final class ReferenceVault {
    /** Where a key or a relation was first named. */
    public record Naming(CommitOrder order, long micros, String recordSource) {}

    /** A version of a row: what a satellite has of it. */
    public record Version(long micros, boolean deleted, List<@Nullable Object> values, List<String> unsaid) {}

    private final List<Fact> facts;

    public ReferenceVault(SourceDatabase source) {
        this.facts = source.facts();
    }

    /** A collection's rows after a commit, equal ones as often as they are there. */
    public List<List<@Nullable Object>> rows(CollectionSchema schema, long position) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        facts(schema, position).forEach(fact -> {
            for (int i = 0; i < fact.copies(); i++) {
                rows.add(SourceDatabase.values(Objects.requireNonNull(fact.row())));
            }
        });
        return rows;
    }

    /** The relations that hold after a commit: the key of the row that states it, then the key that it names. */
    public List<List<@Nullable Object>> relations(Link link, long position) {
        List<List<@Nullable Object>> relations = new ArrayList<>();
        facts(link.from(), position).forEach(fact -> {
            Row row = Objects.requireNonNull(fact.row());
            link.targets().apply(row).forEach(target -> relations.add(pair(row, target)));
        });
        return relations;
    }

    /** For each row that is there after a commit, the fact that made it what it is. */
    List<Fact> facts(CollectionSchema schema, long position) {
        Map<List<@Nullable Object>, Fact> table = new LinkedHashMap<>();
        for (Fact fact : facts) {
            if (!fact.schema().equals(schema) || fact.position() > position) {
                continue;
            }
            List<@Nullable Object> identity = fact.identity();
            if (identity == null) {
                table.clear();
            } else if (fact.row() == null) {
                table.remove(identity);
            } else {
                table.put(identity, fact);
            }
        }
        return List.copyOf(table.values());
    }

    /**
     * A collection's history: each row's values, from when, until when or null. What the last of a commit's changes left
     * of a row holds from that commit to the next that changed the row. Where the source's clock did not move on between
     * them, a microsecond lies between them.
     */
    public List<List<@Nullable Object>> history(CollectionSchema schema) {
        List<List<@Nullable Object>> periods = new ArrayList<>();
        changes(schema, fact -> true).forEach(changes -> addPeriods(changes, periods));
        return periods;
    }

    /**
     * The history of a link: each relation, from when, until when or null. What a row states holds until it states
     * something else, so changes that do not tell it are none, and versions that state the same are one period.
     */
    public List<List<@Nullable Object>> history(Link link) {
        List<List<@Nullable Object>> periods = new ArrayList<>();
        changes(link.from(), fact -> states(fact, link)).forEach(changes -> addPeriods(link, changes, periods));
        return periods;
    }

    /** For each row the changes that count, with the truncations among them, one for each commit. */
    private List<List<Fact>> changes(CollectionSchema schema, Predicate<Fact> counts) {
        Map<List<@Nullable Object>, List<Fact>> changes = new LinkedHashMap<>();
        for (Fact fact : facts) {
            if (!fact.schema().equals(schema)) {
                continue;
            }
            if (fact.identity() == null) {
                changes.values().forEach(of -> truncated(of, fact));
            } else if (counts.test(fact)) {
                add(changes.computeIfAbsent(fact.identity(), identity -> new ArrayList<>()), fact);
            }
        }
        return List.copyOf(changes.values());
    }

    /** Emptying what is empty changes no row; but a deleted row's end is only known to the row itself. */
    private static void truncated(List<Fact> changes, Fact truncation) {
        if (changes.get(changes.size() - 1).identity() != null) {
            add(changes, truncation);
        }
    }

    private static void add(List<Fact> changes, Fact fact) {
        int last = changes.size() - 1;
        if (last >= 0 && changes.get(last).position() == fact.position()) {
            changes.remove(last);
        }
        changes.add(fact);
    }

    private static void addPeriods(List<Fact> changes, List<List<@Nullable Object>> periods) {
        List<Long> starts = starts(changes);
        for (int i = 0; i < changes.size(); i++) {
            Row row = changes.get(i).row();
            if (row != null) {
                Long end = i + 1 < starts.size() ? starts.get(i + 1) : null;
                periods.add(period(SourceDatabase.values(row), starts.get(i), end));
            }
        }
    }

    private static void addPeriods(Link link, List<Fact> changes, List<List<@Nullable Object>> periods) {
        List<Long> starts = starts(changes);
        Map<List<@Nullable Object>, Long> since = new LinkedHashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            long start = starts.get(i);
            Set<List<@Nullable Object>> held = new HashSet<>();
            Row row = changes.get(i).row();
            if (row != null) {
                link.targets().apply(row).forEach(target -> held.add(pair(row, target)));
            }
            since.forEach((pair, from) -> {
                if (!held.contains(pair)) {
                    periods.add(period(pair, from, start));
                }
            });
            since.keySet().retainAll(held);
            held.forEach(pair -> since.putIfAbsent(pair, start));
        }
        since.forEach((pair, from) -> periods.add(period(pair, from, null)));
    }

    private static List<@Nullable Object> period(List<@Nullable Object> of, long from, @Nullable Long until) {
        List<@Nullable Object> period = new ArrayList<>(of);
        period.add(from);
        period.add(until);
        return period;
    }

    private static List<Long> starts(List<Fact> changes) {
        List<Long> starts = new ArrayList<>();
        long next = Long.MIN_VALUE;
        for (Fact change : changes) {
            long start = Math.max(change.micros(), next);
            starts.add(start);
            next = start + 1;
        }
        return starts;
    }

    /** Every business key that a hub has, and its first naming. */
    public Map<List<@Nullable Object>, Naming> keys(String hub) {
        Map<List<@Nullable Object>, Naming> keys = new HashMap<>();
        for (Fact fact : facts) {
            Row row = fact.row();
            if (row == null || isDeletion(fact)) {
                continue;
            }
            if (World.hub(fact.schema()).equals(hub)) {
                keys.putIfAbsent(fact.identity(), naming(fact));
            }
            Stream.concat(World.LINKS.stream(), World.NAMED.stream())
                    .filter(link -> link.names() && link.hub().equals(hub) && states(fact, link))
                    .flatMap(link -> link.targets().apply(row).stream())
                    .forEach(key -> keys.putIfAbsent(Arrays.asList(key.toArray()), naming(fact)));
        }
        return keys;
    }

    /** Every relation that a link has, and its first naming. */
    public Map<List<@Nullable Object>, Naming> pairs(Link link) {
        Map<List<@Nullable Object>, Naming> pairs = new HashMap<>();
        for (Fact fact : facts) {
            Row row = fact.row();
            if (row != null && states(fact, link)) {
                link.targets().apply(row).forEach(key -> pairs.putIfAbsent(pair(row, key), naming(fact)));
            }
        }
        return pairs;
    }

    /** The keys that are duplicates now, each followed by its master; see {@link ReferenceKeys}. */
    public List<List<@Nullable Object>> duplicates(CollectionSchema schema) {
        return new ReferenceKeys(facts, this).duplicates(schema);
    }

    /** How rows came and went: key and place in the order of commits, with what it was and whether the row is gone. */
    public Map<List<@Nullable Object>, List<@Nullable Object>> statements(CollectionSchema schema) {
        Map<List<@Nullable Object>, List<@Nullable Object>> statements = new HashMap<>();
        for (Fact fact : facts) {
            if (fact.schema().equals(schema) && fact.identity() != null && fact.status() != null) {
                List<@Nullable Object> key = new ArrayList<>(fact.identity());
                key.add(fact.order());
                statements.put(key, Arrays.asList(fact.status(), !fact.added()));
            }
        }
        return statements;
    }

    /** Each row's key, its status, whether it exists, from when, until when or null. */
    public List<List<@Nullable Object>> statuses(CollectionSchema schema) {
        Map<List<@Nullable Object>, List<Fact>> ofRow = new LinkedHashMap<>();
        Set<List<@Nullable Object>> there = new HashSet<>();
        for (Fact fact : facts) {
            if (!fact.schema().equals(schema) || fact.status() == null) {
                continue;
            }
            if (fact.identity() == null) {
                there.forEach(key -> add(Objects.requireNonNull(ofRow.get(key)), fact));
                there.clear();
                continue;
            }
            add(ofRow.computeIfAbsent(fact.identity(), key -> new ArrayList<>()), fact);
            if (fact.added()) {
                there.add(fact.identity());
            } else {
                there.remove(fact.identity());
            }
        }
        List<List<@Nullable Object>> periods = new ArrayList<>();
        ofRow.forEach((key, changes) -> {
            List<Long> starts = starts(changes);
            for (int i = 0; i < changes.size(); i++) {
                List<@Nullable Object> status = new ArrayList<>(key);
                status.add(changes.get(i).status());
                status.add(changes.get(i).added());
                periods.add(period(status, starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : null));
            }
        });
        return periods;
    }

    /** Of each row of an event: key and place in the order of commits, with the key that the end names, or null. */
    public Map<List<@Nullable Object>, List<@Nullable Object>> ends(Link end) {
        Map<List<@Nullable Object>, List<@Nullable Object>> ends = new HashMap<>();
        for (Fact fact : facts) {
            List<@Nullable Object> identity = fact.identity();
            if (fact.schema().equals(end.from()) && identity != null) {
                List<@Nullable Object> key = new ArrayList<>(identity);
                key.add(fact.order());
                Row row = isDeletion(fact) || !states(fact, end) ? null : fact.row();
                Set<List<Object>> targets =
                        row == null ? Set.of() : end.targets().apply(row);
                ends.put(
                        key,
                        targets.isEmpty()
                                ? List.of()
                                : Arrays.asList(targets.iterator().next().toArray()));
            }
        }
        return ends;
    }

    private static boolean states(Fact fact, Link link) {
        return fact.schema().equals(link.from()) && Collections.disjoint(fact.unsaid(), link.columns());
    }

    private static Naming naming(Fact fact) {
        return new Naming(fact.order(), fact.micros(), fact.schema().id().toString());
    }

    private static List<@Nullable Object> pair(Row row, List<Object> target) {
        List<@Nullable Object> pair = SourceDatabase.identity(row);
        pair.addAll(target);
        return pair;
    }

    /** Every version of a satellite, by the key of its row and its place in the order of commits. */
    public Map<List<@Nullable Object>, Version> versions(CollectionSchema schema, List<String> columns) {
        Map<List<@Nullable Object>, Version> versions = new HashMap<>();
        for (Fact fact : facts) {
            List<@Nullable Object> identity = fact.identity();
            if (fact.schema().equals(schema) && identity != null) {
                List<@Nullable Object> key = new ArrayList<>(identity);
                key.add(fact.order());
                versions.put(key, version(fact, columns));
            }
        }
        return versions;
    }

    private static Version version(Fact fact, List<String> columns) {
        Row row = isDeletion(fact) ? null : fact.row();
        List<@Nullable Object> values = new ArrayList<>();
        for (String column : columns) {
            values.add(row == null || fact.unsaid().contains(column) ? null : row.get(column));
        }
        List<String> unsaid =
                columns.stream().filter(fact.unsaid()::contains).sorted().toList();
        return new Version(fact.micros(), row == null, values, unsaid);
    }

    /** When a collection was emptied. */
    public List<CommitOrder> truncations(CollectionSchema schema) {
        return facts.stream()
                .filter(fact -> fact.schema().equals(schema) && fact.identity() == null)
                .map(Fact::order)
                .toList();
    }

    /** One of several equal rows can go while others stay. */
    private static boolean isDeletion(Fact fact) {
        return !fact.added();
    }
}
