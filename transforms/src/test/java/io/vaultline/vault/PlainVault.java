package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.SatelliteSpec;
import io.vaultline.vault.model.VaultColumn;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import io.vaultline.vault.model.VaultType;
import io.vaultline.vault.oracle.ReferenceVault.Naming;
import io.vaultline.vault.oracle.ReferenceVault.Version;
import io.vaultline.vault.oracle.World.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a vault the plain way, drawing the conclusions that views draw. */
final class PlainVault {
    private static final Comparator<VaultRow> COMMIT_ORDER = Comparator.comparing(PlainVault::order);

    private final VaultTables tables;
    private final Map<String, Map<List<Object>, VaultRow>> kept = new HashMap<>();
    private final Map<String, List<VaultRow>> sorted = new HashMap<>();
    private final Map<String, Map<Object, List<VaultRow>>> grouped = new HashMap<>();

    PlainVault(VaultTables tables, List<VaultRow> rows) {
        this.tables = tables;
        rows.forEach(this::keep);
    }

    private void keep(VaultRow row) {
        VaultRow other = kept.computeIfAbsent(row.table().name(), name -> new HashMap<>())
                .putIfAbsent(row.identity(), row);
        if (other == null || other.equals(row)) {
            return;
        }
        if (row.table().keep() == VaultTable.Keep.ANY) {
            throw new AssertionError("two rows of one identity: " + row + " and " + other);
        }
        if (COMMIT_ORDER.compare(row, other) < 0) {
            kept.getOrDefault(row.table().name(), Map.of()).put(row.identity(), row);
        }
    }

    private static @Nullable Object value(VaultRow row, String column) {
        return row.values().get(column);
    }

    private static CommitOrder order(VaultRow row) {
        return new CommitOrder(row.order(VaultColumn.COMMIT_POSITION), row.order(VaultColumn.COMMIT_ORDINAL));
    }

    /** Every row, each once. */
    Set<VaultRow> all() {
        Set<VaultRow> all = new HashSet<>();
        kept.values().forEach(rows -> all.addAll(rows.values()));
        return all;
    }

    List<VaultRow> rows(String table) {
        return sorted.computeIfAbsent(
                table,
                name -> kept.getOrDefault(name, Map.of()).values().stream()
                        .sorted(COMMIT_ORDER)
                        .toList());
    }

    private List<VaultRow> rows(String table, String column, @Nullable Object value) {
        return grouped.computeIfAbsent(table + "." + column, name -> {
                    Map<Object, List<VaultRow>> groups = new HashMap<>();
                    rows(table)
                            .forEach(row -> groups.computeIfAbsent(value(row, column), key -> new ArrayList<>())
                                    .add(row));
                    return groups;
                })
                .getOrDefault(value, List.of());
    }

    /** The business keys of a hub, and their first namings. */
    Map<List<@Nullable Object>, Naming> keys(String hub) {
        Map<List<@Nullable Object>, Naming> keys = new HashMap<>();
        for (VaultRow row : rows("hub_" + hub)) {
            Naming other = keys.put(sourceValues(row), naming(row));
            if (other != null) {
                throw new AssertionError("one key with two hash keys: " + row);
            }
        }
        return keys;
    }

    /** The relations of a link, and their first namings. */
    Map<List<@Nullable Object>, Naming> pairs(Link link) {
        Map<List<@Nullable Object>, Naming> pairs = new HashMap<>();
        for (VaultRow row : rows("link_" + link.name())) {
            Naming other = pairs.put(pair(link, row), naming(row));
            if (other != null) {
                throw new AssertionError("one relation with two hash keys: " + row);
            }
        }
        return pairs;
    }

    private List<@Nullable Object> pair(Link link, VaultRow row) {
        String from = link.from().id().name();
        List<@Nullable Object> pair = new ArrayList<>(key("hub_" + from, from + "_hk", value(row, from + "_hk")));
        pair.addAll(key("hub_" + link.hub(), link.hub() + "_hk", value(row, link.role() + "_hk")));
        return pair;
    }

    private List<@Nullable Object> key(String table, String hashKeyColumn, @Nullable Object hashKey) {
        List<VaultRow> found = rows(table, hashKeyColumn, hashKey);
        if (found.size() != 1) {
            throw new AssertionError(table + " has a hash key " + found.size() + " times");
        }
        return sourceValues(found.get(0));
    }

    private static List<@Nullable Object> sourceValues(VaultRow row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (VaultColumn column : row.table().columns()) {
            if (column.type() instanceof VaultType.SourceValue) {
                values.add(value(row, column.name()));
            }
        }
        return values;
    }

    private static Naming naming(VaultRow row) {
        return new Naming(order(row), row.order(VaultColumn.LOAD_TS), (String)
                Objects.requireNonNull(value(row, "record_source")));
    }

    /** The versions in a satellite, by the key of their row and their place in the order of commits. */
    Map<List<@Nullable Object>, Version> versions(CollectionSchema schema, String satellite) {
        Anchor anchor = anchor(schema);
        Map<List<@Nullable Object>, Version> versions = new HashMap<>();
        for (VaultRow row : rows("sat_" + satellite)) {
            List<@Nullable Object> key = new ArrayList<>(key(anchor.table, anchor.hashKey, value(row, anchor.hashKey)));
            key.add(order(row));
            List<String> unavailable = schema.columns().stream()
                    .map(Column::name)
                    .filter(column -> unavailable(row).contains(tables.columnName(anchor.entity, column)))
                    .sorted()
                    .toList();
            versions.put(
                    key, new Version(row.order(VaultColumn.LOAD_TS), isDeleted(row), sourceValues(row), unavailable));
        }
        return versions;
    }

    /** What a satellite's row says beside its key and place; rows that say the same have the same hash difference. */
    static List<@Nullable Object> content(VaultRow row) {
        List<@Nullable Object> content = new ArrayList<>(sourceValues(row));
        content.addAll(unavailable(row));
        return content;
    }

    /** When a collection was emptied. */
    List<CommitOrder> truncations(CollectionSchema schema) {
        return rows("truncation", VaultColumn.ENTITY, schema.id().name()).stream()
                .map(PlainVault::order)
                .toList();
    }

    /** A collection's rows after a commit. */
    List<List<@Nullable Object>> rows(CollectionSchema schema, long position) {
        Anchor anchor = anchor(schema);
        CommitOrder emptied = lastTruncation(schema, position);
        List<List<@Nullable Object>> found = new ArrayList<>();
        for (Object hashKey : hashKeys(anchor)) {
            List<VaultRow> versions = versions(anchor, hashKey).stream()
                    .filter(version -> isIn(version, emptied, position))
                    .toList();
            int copies = copies(schema, versions);
            for (int i = 0; i < copies; i++) {
                found.add(values(anchor, versions.get(versions.size() - 1)));
            }
        }
        return found;
    }

    private static boolean isIn(VaultRow version, CommitOrder after, long position) {
        return order(version).compareTo(after) > 0 && order(version).commitPosition() <= position;
    }

    private static int copies(CollectionSchema schema, List<VaultRow> versions) {
        if (versions.isEmpty()) {
            return 0;
        }
        if (!schema.key().isEmpty()) {
            return isDeleted(versions.get(versions.size() - 1)) ? 0 : 1;
        }
        return versions.stream()
                .mapToInt(version -> isDeleted(version) ? -1 : 1)
                .sum();
    }

    private CommitOrder lastTruncation(CollectionSchema schema, long position) {
        return truncations(schema).stream()
                .filter(order -> order.commitPosition() <= position)
                .max(Comparator.naturalOrder())
                .orElse(new CommitOrder(0, 0));
    }

    /** A collection's history: each row's values, from when, until when. */
    List<List<@Nullable Object>> history(CollectionSchema schema) {
        Anchor anchor = anchor(schema);
        List<List<@Nullable Object>> periods = new ArrayList<>();
        for (Object hashKey : hashKeys(anchor)) {
            TreeMap<Long, PlainPeriods.Change> changes = new TreeMap<>();
            List<VaultRow> versions = new ArrayList<>();
            for (VaultRow version : endings(schema, versions(anchor, hashKey))) {
                if (version.table().name().equals("truncation")) {
                    versions.clear();
                } else {
                    versions.add(version);
                }
                List<@Nullable Object> values = copies(schema, versions) > 0 ? values(anchor, version) : null;
                changes.put(
                        order(version).commitPosition(),
                        new PlainPeriods.Change(version.order(VaultColumn.LOAD_TS), values));
            }
            PlainPeriods.add(List.copyOf(changes.values()), periods);
        }
        return periods;
    }

    /** The versions, and behind each the truncation that ended it. */
    private List<VaultRow> endings(CollectionSchema schema, List<VaultRow> versions) {
        List<VaultRow> truncations =
                rows("truncation", VaultColumn.ENTITY, schema.id().name());
        if (truncations.isEmpty()) {
            return versions;
        }
        Set<VaultRow> all = new HashSet<>(versions);
        for (VaultRow version : versions) {
            truncations.stream()
                    .filter(row -> COMMIT_ORDER.compare(version, row) < 0)
                    .findFirst()
                    .ifPresent(all::add);
        }
        return all.stream().sorted(COMMIT_ORDER).toList();
    }

    /** The relations that hold after a commit. */
    List<List<@Nullable Object>> relations(Link link, long position) {
        String driving = link.from().id().name() + "_hk";
        CommitOrder emptied = lastTruncation(link.from(), position);
        Map<Object, TreeMap<CommitOrder, List<VaultRow>>> sets = new HashMap<>();
        for (VaultRow row : rows("sat_" + link.name() + "_effectivity")) {
            if (isIn(row, emptied, position)) {
                sets.computeIfAbsent(value(row, driving), key -> new TreeMap<>())
                        .computeIfAbsent(order(row), order -> new ArrayList<>())
                        .add(row);
            }
        }
        List<List<@Nullable Object>> relations = new ArrayList<>();
        boolean keyless = link.from().key().isEmpty();
        sets.values()
                .forEach(versions -> (keyless
                                ? leftOfEquals(versions)
                                : versions.lastEntry().getValue())
                        .stream().filter(PlainVault::isActive).forEach(row -> relations.add(related(link, row))));
        return relations;
    }

    /** Equal rows state equal sets, as long as one of them is there. */
    private static List<VaultRow> leftOfEquals(Map<CommitOrder, List<VaultRow>> versions) {
        List<List<VaultRow>> stated =
                versions.values().stream().filter(set -> isActive(set.get(0))).toList();
        return 2 * stated.size() > versions.size() ? stated.get(0) : List.of();
    }

    private List<@Nullable Object> related(Link link, VaultRow row) {
        String linkKey = link.name() + "_hk";
        return pair(
                link, rows("link_" + link.name(), linkKey, value(row, linkKey)).get(0));
    }

    private static boolean isActive(VaultRow row) {
        return value(row, VaultColumn.ACTIVE) == Boolean.TRUE;
    }

    /** Where an entity's keys stand. */
    private record Anchor(EntitySpec entity, String table, String hashKey) {}

    private Anchor anchor(CollectionSchema schema) {
        EntitySpec entity = tables.model().entityOf(schema.id()).orElseThrow();
        return new Anchor(entity, entity.anchor().table(), entity.anchor().hashKey());
    }

    private Set<Object> hashKeys(Anchor anchor) {
        return rows(anchor.table).stream()
                .map(row -> Objects.requireNonNull(value(row, anchor.hashKey)))
                .collect(Collectors.toSet());
    }

    /** How rows came and went, as their satellite says. */
    Map<List<@Nullable Object>, List<@Nullable Object>> statements(CollectionSchema schema) {
        Anchor anchor = anchor(schema);
        Map<List<@Nullable Object>, List<@Nullable Object>> statements = new HashMap<>();
        for (VaultRow row : rows(anchor.entity.statusTable())) {
            List<@Nullable Object> key = new ArrayList<>(key(anchor.table, anchor.hashKey, value(row, anchor.hashKey)));
            key.add(order(row));
            statements.put(key, Arrays.asList(value(row, VaultColumn.STATUS), isDeleted(row)));
        }
        return statements;
    }

    /** The business key that an end of each row of an event leads to. */
    Map<List<@Nullable Object>, List<@Nullable Object>> ends(Link end) {
        Anchor anchor = anchor(end.from());
        Map<List<@Nullable Object>, List<@Nullable Object>> ends = new HashMap<>();
        for (VaultRow row : rows(anchor.table)) {
            List<@Nullable Object> key = new ArrayList<>();
            anchor.entity.anchor().keyColumns().forEach(column -> key.add(keyValue(anchor, column, row)));
            key.add(order(row));
            Object hub = value(row, end.role() + "_hk");
            boolean isNone = String.valueOf(hub).matches("0+");
            ends.put(key, isNone ? List.of() : key("hub_" + end.hub(), end.hub() + "_hk", hub));
        }
        return ends;
    }

    /** From any row of that key which is there: a delete says no values. */
    private @Nullable Object keyValue(Anchor anchor, String column, VaultRow row) {
        String name = tables.columnName(anchor.entity, column);
        return rows(anchor.table, anchor.hashKey, value(row, anchor.hashKey)).stream()
                .filter(other -> !isDeleted(other))
                .findFirst()
                .map(other -> value(other, name))
                .orElse(null);
    }

    private List<VaultRow> versions(Anchor anchor, @Nullable Object hashKey) {
        return rows(anchor.entity.satellites().get(0).table(), anchor.hashKey, hashKey);
    }

    private List<@Nullable Object> values(Anchor anchor, VaultRow version) {
        List<@Nullable Object> values = new ArrayList<>();
        List<String> key = anchor.entity.anchor().keyColumns();
        for (Column column : anchor.entity.schema().columns()) {
            values.add(
                    key.contains(column.name())
                            ? keyValue(anchor, column.name(), version)
                            : told(anchor, column.name(), version));
        }
        return values;
    }

    /** The value in a version, or if it was not sent with it, in the newest version before that has it. */
    private @Nullable Object told(Anchor anchor, String column, VaultRow version) {
        SatelliteSpec satellite = anchor.entity.satellites().stream()
                .filter(spec -> spec.columns().contains(column))
                .findFirst()
                .orElseThrow();
        String name = tables.columnName(anchor.entity, column);
        Object hashKey = value(version, anchor.hashKey);
        CommitOrder before = order(version);
        boolean inclusive = true;
        while (true) {
            VaultRow found = newest(rows(satellite.table(), anchor.hashKey, hashKey), before, inclusive);
            if (!unavailable(found).contains(name)) {
                return value(found, name);
            }
            before = order(found);
            inclusive = false;
            Object movedFrom = value(found, VaultColumn.MOVED_FROM);
            hashKey = movedFrom == null ? hashKey : movedFrom;
        }
    }

    private static VaultRow newest(List<VaultRow> versions, CommitOrder until, boolean inclusive) {
        return versions.stream()
                .filter(version -> !isDeleted(version))
                .filter(version -> order(version).compareTo(until) < (inclusive ? 1 : 0))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("a value was never sent"));
    }

    private static boolean isDeleted(VaultRow version) {
        return Boolean.TRUE.equals(value(version, VaultColumn.DELETED));
    }

    private static List<String> unavailable(VaultRow version) {
        return ((List<?>) Objects.requireNonNull(value(version, VaultColumn.UNAVAILABLE)))
                .stream().map(String::valueOf).toList();
    }
}
