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
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.ForeignKey;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A source that lives at random: a table in memory, the events that it would send, and what stood in it after each
 * commit. Column names are those that queries of ours could stumble over.
 */
final class Commits {
    static final CollectionSchema OWNERS = new CollectionSchema(
            new CollectionId("pg", "public", "owners"),
            CollectionKind.TABLE,
            List.of(new Column("id", Simple.INT32, "int4", false)),
            List.of("id"),
            List.of());

    static final CollectionSchema ITEMS = new CollectionSchema(
            new CollectionId("pg", "public", "items"),
            CollectionKind.TABLE,
            List.of(
                    new Column("position", Simple.TEXT, "text", true),
                    new Column("id", Simple.INT32, "int4", false),
                    new Column("owner", Simple.INT32, "int4", true),
                    new Column("valid_from", new Decimal(20, 3), "numeric", true),
                    new Column("Select `x", Simple.JSON, "jsonb", true)),
            List.of("id"),
            List.of(new ForeignKey("fk", List.of("owner"), OWNERS.id(), List.of("id"))));

    static final int OWNER_COUNT = 3;
    private static final int KEYS = 8;
    private static final int ID = 1;
    private static final int OWNER = 2;

    /** The table after a commit, and the keys that the commit touched. */
    record State(long position, long micros, Map<Integer, Row> rows, Set<Integer> touched) {}

    private final Random random;
    private final Map<Integer, Row> table = new HashMap<>();
    private final List<DataChangeEvent> events = new ArrayList<>();
    private final List<State> states = new ArrayList<>();
    private final Set<Integer> touched = new HashSet<>();
    private long position = 100;
    private long ordinal;
    private long micros = 1_700_000_000_000_000L;

    Commits(long seed, int count, boolean clockGoesBack) {
        random = new Random(seed);
        for (int i = 0; i < count; i++) {
            commit(clockGoesBack);
        }
    }

    List<DataChangeEvent> events() {
        return events;
    }

    List<State> states() {
        return states;
    }

    /** Owners that exist from the start. */
    static List<DataChangeEvent> owners() {
        List<DataChangeEvent> owners = new ArrayList<>();
        for (int i = 0; i < OWNER_COUNT; i++) {
            ChangeHeader header = new ChangeHeader(OWNERS, new CommitOrder(1, i + 1), 1, null);
            owners.add(new RowCreated(header, new Row(OWNERS, i), null));
        }
        return owners;
    }

    private void commit(boolean clockGoesBack) {
        position += 1 + random.nextInt(5);
        micros += clockGoesBack ? random.nextInt(5) - 2 : 1 + random.nextInt(1000);
        ordinal = 0;
        touched.clear();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            change();
        }
        states.add(new State(position, micros, Map.copyOf(table), Set.copyOf(touched)));
    }

    private void change() {
        int id = random.nextInt(KEYS);
        int dice = random.nextInt(100);
        if (dice < 3) {
            touched.addAll(table.keySet());
            table.clear();
            events.add(new CollectionTruncated(header()));
        } else if (!table.containsKey(id)) {
            insert(id);
        } else if (dice < 20) {
            delete(id);
        } else if (dice < 45 && table.size() < KEYS) {
            move(id, freeKey(id));
        } else {
            update(id);
        }
    }

    private int freeKey(int after) {
        int key = after;
        while (table.containsKey(key)) {
            key = (key + 1) % KEYS;
        }
        return key;
    }

    private void insert(int id) {
        Row row = new Row(ITEMS, text(), id, owner(), number(), json());
        put(id, row);
        events.add(new RowCreated(header(), row, null));
    }

    private void delete(int id) {
        Row gone = new Row(ITEMS, null, id, null, null, null).keyOnly();
        table.remove(id);
        touched.add(id);
        events.add(new RowDeleted(header(), gone, null));
    }

    private void update(int id) {
        Row sent = change(id, id);
        events.add(new RowUpdated(header(), null, sent));
    }

    private void move(int from, int to) {
        Row sent = change(from, to);
        delete(from);
        Row old = new Row(ITEMS, null, from, null, null, null).keyOnly();
        events.add(new RowCreated(header(), sent, old));
    }

    /** Changes some columns and maybe the key. @return the new row with what was left as it was unavailable */
    private Row change(int from, int to) {
        Row before = Objects.requireNonNull(table.get(from));
        @Nullable Object[] after = {text(), to, owner(), number(), json()};
        @Nullable Object[] sent = after.clone();
        for (int i = 0; i < after.length; i++) {
            boolean isShort = i == OWNER && from != to; // PostgreSQL always sends those
            if (i != ID && !isShort && random.nextInt(3) == 0) {
                after[i] = before.get(i);
                sent[i] = Unavailable.VALUE;
            }
        }
        put(to, new Row(ITEMS, after));
        return new Row(ITEMS, sent);
    }

    private void put(int id, Row row) {
        table.put(id, row);
        touched.add(id);
    }

    private @Nullable String text() {
        return random.nextInt(4) == 0 ? null : "t" + random.nextInt(5);
    }

    private @Nullable Integer owner() {
        return random.nextInt(4) == 0 ? null : random.nextInt(OWNER_COUNT);
    }

    private @Nullable BigDecimal number() {
        return random.nextInt(4) == 0 ? null : BigDecimal.valueOf(random.nextInt(100), 3);
    }

    private @Nullable String json() {
        return random.nextInt(4) == 0 ? null : "{\"a\": " + random.nextInt(9) + "}";
    }

    private ChangeHeader header() {
        return new ChangeHeader(ITEMS, new CommitOrder(position, ++ordinal), micros, "tx");
    }
}
