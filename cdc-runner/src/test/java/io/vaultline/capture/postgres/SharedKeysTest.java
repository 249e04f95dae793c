package io.vaultline.capture.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import io.vaultline.history.StateFold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A table of whose rows several may have one key until the commit, and what its changes say. */
class SharedKeysTest {
    private static final int KEYS = 5;
    private static final CollectionSchema SHAPE = new CollectionSchema(
            new CollectionId("s", "public", "t"),
            CollectionKind.TABLE,
            List.of(
                    new Column("id", DataType.Simple.INT32, "integer", false),
                    new Column("name", DataType.Simple.TEXT, "text", true),
                    new Column("v", DataType.Simple.INT32, "integer", true)),
            List.of("id"),
            List.of());

    /** The table itself: rows, whatever their keys, and the messages of each transaction. */
    private static final class Table {
        private final RowChanges changes = new RowChanges(SHAPE);
        private final List<Row> rows = new ArrayList<>();
        private final Set<Object> touched = new HashSet<>();
        private final Captured captured;
        private int names;

        Table(Captured captured) {
            this.captured = captured;
        }

        void insert(int key) {
            Row row = row(key, "n" + names++, 0);
            rows.add(row);
            touched.add("n" + (names - 1));
            changes.created(row, captured.sharing());
        }

        void move(int place, int key) {
            leave(place);
            Row old = rows.get(place);
            replace(place, row(key, old.get("name"), old.get("v")));
        }

        void change(int place, int value) {
            Row old = rows.get(place);
            replace(place, row(old.get("id"), old.get("name"), value));
        }

        private void replace(int place, Row row) {
            touched.add(String.valueOf(row.get("name")));
            changes.updated(rows.set(place, row), row, captured.sharing());
        }

        void delete(int place) {
            leave(place);
            changes.deleted(rows.remove(place), captured.sharing());
        }

        /** No change would tell that another row is there, too, if it had none in this transaction: a limit that we know. */
        private void leave(int place) {
            for (int other = 0; other < rows.size(); other++) {
                Row row = rows.get(other);
                boolean sharing = other != place && key(row) == key(rows.get(place));
                if (sharing && !touched.contains(String.valueOf(row.get("name")))) {
                    change(other, 1);
                }
            }
        }

        void truncate() {
            rows.clear();
            changes.truncated(captured.sharing());
        }

        /** What the constraint demands at the end: of those that share a key, one stays. */
        void part() {
            for (int i = rows.size() - 1; i >= 0; i--) {
                if (keys().indexOf(keys().get(i)) < i) {
                    move(i, unused());
                }
            }
            touched.clear();
        }

        private int unused() {
            return IntStream.iterate(KEYS, key -> key + 1)
                    .filter(key -> !keys().contains(key))
                    .findFirst()
                    .orElseThrow();
        }

        private List<Object> keys() {
            return rows.stream().map(row -> (Object) key(row)).toList();
        }

        Map<Integer, Row> byKey() {
            Map<Integer, Row> found = new TreeMap<>();
            rows.forEach(row -> found.put(key(row), row));
            return found;
        }
    }

    /** What Kafka gets. */
    private static final class Captured implements ChangeSink {
        private final long memory;
        private final List<DataChangeEvent> events = new ArrayList<>();
        private SharedKeys shared;
        private long position = 1;
        private long ordinal;

        Captured(long memory) {
            this.memory = memory;
            this.shared = new SharedKeys(this, memory);
        }

        void commit() {
            shared.end();
            shared = new SharedKeys(this, memory);
            position++;
            ordinal = 0;
        }

        @Override
        public ChangeHeader next(CollectionSchema shape) {
            return new ChangeHeader(shape, new CommitOrder(position, ++ordinal), 0, null);
        }

        @Override
        public void skip() {
            ordinal++;
        }

        @Override
        public void add(DataChangeEvent event) {
            events.add(event);
        }

        @Override
        public ChangeSink sharing() {
            return shared;
        }

        /** As every reader of changes does it: the last one of a key decides. */
        Map<Integer, Row> folded() {
            Map<Integer, StateFold> folds = new HashMap<>();
            for (int key = 0; key < 20 * KEYS; key++) {
                folds.put(key, new StateFold(SHAPE));
            }
            for (DataChangeEvent event : events) {
                if (event instanceof CollectionTruncated) {
                    folds.values().forEach(fold -> fold.add(event));
                } else {
                    Objects.requireNonNull(folds.get(key(event.row()))).add(event);
                }
            }
            Map<Integer, Row> found = new TreeMap<>();
            folds.forEach((key, fold) -> fold.state().ifPresent(row -> found.put(key, row)));
            return found;
        }
    }

    private static Row row(@Nullable Object... values) {
        return new Row(SHAPE, values);
    }

    private static int key(Row row) {
        return row.get("id") instanceof Integer key ? key : -1;
    }

    private static void act(Table table, Random random) {
        int size = table.rows.size();
        int place = size == 0 ? 0 : random.nextInt(size);
        int what = random.nextInt(20);
        if (what == 0) {
            table.truncate();
        } else if (what < 6 || size == 0) {
            table.insert(random.nextInt(KEYS));
        } else if (what < 9) {
            table.delete(place);
        } else if (what < 12) {
            table.change(place, random.nextInt(3));
        } else {
            table.move(place, random.nextInt(KEYS));
        }
    }

    @Property(tries = 1_000)
    void afterEachCommitTheLastChangeOfAKeyIsOfTheRowThatHasIt(@ForAll long seed) {
        Random random = new Random(seed);
        Captured captured = new Captured(SharedKeys.MEMORY);
        Table table = new Table(captured);
        for (int commit = 0; commit < 4; commit++) {
            for (int i = random.nextInt(12); i >= 0; i--) {
                act(table, random);
            }
            table.part();
            captured.commit();
            assertThat(captured.folded()).isEqualTo(table.byKey());
        }
    }

    @Property(tries = 60)
    void whateverMayWaitNothingIsLostOrDoubledAndARowsChangesKeepTheirOrder(
            @ForAll long seed, @ForAll @IntRange(max = 5_000) int memory) {
        List<List<DataChangeEvent>> orders = new ArrayList<>();
        for (long each : new long[] {memory, -1}) {
            Captured captured = new Captured(each);
            Table table = new Table(captured);
            Random random = new Random(seed);
            IntStream.range(0, 30).forEach(i -> act(table, random));
            captured.commit();
            orders.add(captured.events);
        }
        assertThat(orders.get(0))
                .extracting(event -> event.order().ordinal())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(byRow(orders.get(0))).isEqualTo(byRow(orders.get(1)));
    }

    /** Without their places. */
    private static Map<Object, List<Object>> byRow(List<DataChangeEvent> events) {
        ChangeHeader nowhere = new ChangeHeader(SHAPE, new CommitOrder(0, 0), 0, null);
        Map<Object, List<Object>> found = new HashMap<>();
        events.stream().sorted(Comparator.comparing(DataChangeEvent::order)).forEach(event -> {
            Object name = event instanceof CollectionTruncated
                    ? "all"
                    : String.valueOf(event.row().get("name"));
            found.computeIfAbsent(name, row -> new ArrayList<>()).add(Changes.under(nowhere, event));
        });
        return found;
    }

    @Test
    void aRowThatGoesThroughAKeyIsGoneFromIt() {
        Captured captured = new Captured(SharedKeys.MEMORY);
        Table table = new Table(captured);
        table.insert(1);
        table.insert(2);
        captured.commit();
        table.move(0, 0);
        table.move(1, 1);
        table.move(0, 2);
        captured.commit();
        assertThat(captured.folded().keySet()).containsExactly(1, 2);
        assertThat(captured.folded()).isEqualTo(table.byKey());
    }

    @Test
    void keysThatDoNotMeetKeepTheOrderOfTheLog() {
        Captured captured = new Captured(SharedKeys.MEMORY);
        Table table = new Table(captured);
        IntStream.range(0, 3).forEach(table::insert);
        IntStream.range(0, 3).forEach(i -> table.change(i, 1));
        captured.commit();
        assertThat(captured.events).extracting(event -> event.row().get("id")).containsExactly(0, 1, 2, 0, 1, 2);
    }
}
