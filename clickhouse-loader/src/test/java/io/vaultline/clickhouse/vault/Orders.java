package io.vaultline.clickhouse.vault;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Orders that live at random, each with an array of lines, and what a multi-active satellite of the lines must show: the
 * sets of now, and each set with the time from which to which it was the newest.
 */
final class Orders {
    static final CollectionSchema SHAPE = new CollectionSchema(
            new CollectionId("pg", "public", "orders"),
            CollectionKind.TABLE,
            List.of(
                    new Column("id", Simple.INT32, "int4", false),
                    new Column("lines", Simple.JSON, "jsonb", true),
                    new Column("note", Simple.TEXT, "text", true)),
            List.of("id"),
            List.of());

    static final DeclaredModel DECLARED = VaultFile.parse("""
            entities:
              - name: orders
                status-tracking: true
                quarantine: true
                satellites:
                  - {name: lines, array: lines, sub-key: [product], columns: {product: int64, of.count: int32}}
            """, "vault.yaml");

    private static final int KEYS = 5;

    /** A line; without a product it has no sub-key. */
    private record Line(@Nullable Integer product, int count) {
        private String json() {
            String key = product == null ? "" : "\"product\": " + product + ", ";
            return "{" + key + "\"of\": {\"count\": " + count + "}}";
        }
    }

    private final Random random;
    private final Map<Integer, List<Line>> table = new HashMap<>();
    private final List<DataChangeEvent> events = new ArrayList<>();
    private final List<List<@Nullable Object>> periods = new ArrayList<>();
    /** For each order what its newest commit stated, and when. */
    private final Map<Integer, Open> open = new HashMap<>();

    private long position = 100;
    private long ordinal;
    private long micros = 1_700_000_000_000_000L;

    private record Open(long since, List<Line> lines) {}

    Orders(long seed, int count) {
        random = new Random(seed);
        for (int i = 0; i < count; i++) {
            position += 1 + random.nextInt(5);
            micros += 1 + random.nextInt(1_000);
            ordinal = 0;
            Map<Integer, Boolean> stated = new TreeMap<>();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                change(stated);
            }
            stated.keySet().forEach(this::close);
        }
    }

    List<DataChangeEvent> events() {
        return events;
    }

    /** Order, number, product, count. */
    List<List<@Nullable Object>> current() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        table.forEach((id, lines) -> rows.addAll(rows(id, lines)));
        return sorted(rows);
    }

    /** Lines that nothing tells apart, with the satellite that they did not fit. */
    List<List<@Nullable Object>> quarantine() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        table.forEach((id, lines) -> {
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).product == null) {
                    String path = "lines[" + (i + 1) + "].product";
                    rows.add(List.of(
                            id,
                            "sat_orders_lines",
                            path,
                            "no_sub_key",
                            lines.get(i).json()));
                }
            }
        });
        return sorted(rows);
    }

    /** The same, with from when to when. */
    List<List<@Nullable Object>> history() {
        List<List<@Nullable Object>> all = new ArrayList<>(periods);
        open.forEach((id, since) -> addPeriod(all, id, since, null));
        return sorted(all);
    }

    /** In an order that does not depend on how rows came. */
    static List<List<@Nullable Object>> sorted(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .collect(Collectors.toList());
    }

    private void close(int id) {
        Open before = open.remove(id);
        if (before != null) {
            addPeriod(periods, id, before, micros);
        }
        List<Line> lines = table.get(id);
        if (lines != null) {
            open.put(id, new Open(micros, lines));
        }
    }

    private static void addPeriod(List<List<@Nullable Object>> all, int id, Open set, @Nullable Long until) {
        for (List<@Nullable Object> row : rows(id, set.lines)) {
            row.add(set.since);
            row.add(until);
            all.add(row);
        }
    }

    private static List<List<@Nullable Object>> rows(int id, List<Line> lines) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        Map<String, Long> numbers = new HashMap<>();
        for (Line line : lines) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(id);
            row.add(numbers.merge("product " + line.product, 1L, Long::sum));
            row.add(line.product == null ? null : line.product.longValue());
            row.add(line.count);
            rows.add(row);
        }
        return sorted(rows);
    }

    private void change(Map<Integer, Boolean> stated) {
        int id = random.nextInt(KEYS);
        int dice = random.nextInt(100);
        if (dice < 3) {
            table.keySet().forEach(key -> stated.put(key, true));
            table.clear();
            events.add(new CollectionTruncated(header()));
        } else if (!table.containsKey(id)) {
            table.put(id, lines(List.of()));
            stated.put(id, true);
            events.add(new RowCreated(header(), row(id, false), null));
        } else if (dice < 20) {
            delete(id, stated);
        } else if (dice < 45 && table.size() < KEYS) {
            move(id, stated);
        } else {
            boolean sent = random.nextInt(3) > 0;
            if (sent) {
                table.put(id, lines(Objects.requireNonNull(table.get(id))));
                stated.put(id, true);
            }
            events.add(new RowUpdated(header(), null, row(id, !sent)));
        }
    }

    private void delete(int id, Map<Integer, Boolean> stated) {
        table.remove(id);
        stated.put(id, true);
        events.add(new RowDeleted(header(), key(id), null));
    }

    /** To a key that is free, with or without the lines being sent. */
    private void move(int from, Map<Integer, Boolean> stated) {
        int to = from;
        while (table.containsKey(to)) {
            to = (to + 1) % KEYS;
        }
        List<Line> lines = Objects.requireNonNull(table.get(from));
        delete(from, stated);
        table.put(to, lines);
        stated.put(to, true);
        events.add(new RowCreated(header(), row(to, random.nextBoolean()), key(from)));
    }

    /** Lines as they were, with one added, removed, doubled or changed, or in another order; or none. */
    private List<Line> lines(List<Line> before) {
        List<Line> lines = new ArrayList<>(before);
        switch (random.nextInt(6)) {
            case 0 -> lines.clear();
            case 1 -> lines.add(line());
            case 2 -> Collections.shuffle(lines, random);
            case 3 -> lines.removeIf(line -> random.nextBoolean());
            case 4 -> lines.addAll(List.copyOf(lines).subList(0, Math.min(1, lines.size())));
            default -> lines.add(0, line());
        }
        return lines.size() > 6 ? lines.subList(0, 3) : lines;
    }

    private Line line() {
        return new Line(random.nextInt(5) == 0 ? null : random.nextInt(3), random.nextInt(3));
    }

    private Row row(int id, boolean unsent) {
        List<Line> lines = Objects.requireNonNull(table.get(id));
        Object text = lines.isEmpty() && random.nextBoolean()
                ? null
                : lines.stream().map(Line::json).collect(Collectors.joining(", ", "[", "]"));
        return new Row(SHAPE, id, unsent ? Unavailable.VALUE : text, "note");
    }

    private static Row key(int id) {
        return new Row(SHAPE, id, null, null).keyOnly();
    }

    private ChangeHeader header() {
        return new ChangeHeader(SHAPE, new CommitOrder(position, ++ordinal), micros, "tx");
    }
}
