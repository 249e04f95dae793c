package io.vaultline.capture.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.capture.output.SnapshotParts;
import io.vaultline.capture.output.SnapshotParts.Range;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KeyRangesTest {
    private static final int KEYS = 40;
    private static final KeyOrder NUMBERS = KeyOrder.parse("23 0 0 id");

    /** Whatever was done when, in whatever order: each key is read once, and counts from the position it was read at. */
    @Property(tries = 300)
    void everyKeyIsReadOnceOverAnyInterruptions(@ForAll long seed) {
        Random random = new Random(seed);
        SnapshotParts done = new SnapshotParts(NUMBERS.definition(), List.of());
        Map<Integer, Long> read = new TreeMap<>();
        long position = 10;
        List<Range> missing = KeyRanges.missing(NUMBERS, done, boundaries(random), position);
        while (!missing.isEmpty()) {
            List<Range> chunks = new ArrayList<>(missing);
            Collections.shuffle(chunks, random);
            boolean killed = random.nextInt(3) > 0;
            for (Range chunk : killed ? chunks.subList(0, random.nextInt(chunks.size() + 1)) : chunks) {
                done = done.with(chunk);
                note(read, chunk);
            }
            position += 10;
            missing = killed ? KeyRanges.missing(NUMBERS, done, boundaries(random), position) : List.of();
            if (killed
                    && missing.stream()
                            .allMatch(range -> range.from().equals(range.to())
                                    && !range.from().isEmpty())) {
                break;
            }
        }
        assertThat(read).hasSize(KEYS);
        assertCounts(done, read, position);
    }

    private static void note(Map<Integer, Long> read, Range chunk) {
        int from = chunk.from().isEmpty() ? 0 : Integer.parseInt(chunk.from().get(0));
        int to = chunk.to().isEmpty() ? KEYS : Integer.parseInt(chunk.to().get(0));
        for (int key = from; key < to; key++) {
            assertThat(read.put(key, chunk.position())).as("key %s", key).isNull();
        }
    }

    private static List<List<String>> boundaries(Random random) {
        return random.ints(random.nextInt(8), 1, KEYS)
                .sorted()
                .distinct()
                .mapToObj(key -> List.of(Integer.toString(key)))
                .toList();
    }

    private static void assertCounts(SnapshotParts done, Map<Integer, Long> read, long last) {
        long newest = Collections.max(read.values());
        SnapshotMark mark = new SnapshotMark(new CollectionId("pg", "p", "t"), newest, "1", true, done);
        ReadRanges ranges = new ReadRanges(mark);
        read.forEach((key, position) -> {
            for (long commit = 5; commit <= last + 5; commit += 5) {
                assertThat(ranges.take(deleted(key), commit)).isEqualTo(commit > position);
            }
        });
        CollectionTruncated truncated = new CollectionTruncated(deleted(1).header());
        assertThat(ranges.take(truncated, mark.oldest())).isFalse();
        assertThat(ranges.take(truncated, mark.oldest() + 1)).isTrue();
    }

    private static DataChangeEvent deleted(int key) {
        CollectionSchema shape = new CollectionSchema(
                new CollectionId("pg", "p", "t"),
                CollectionKind.TABLE,
                List.of(new Column("v", Simple.TEXT, "text", true), new Column("id", Simple.INT32, "int4", false)),
                List.of("id"),
                List.of());
        return new RowDeleted(new ChangeHeader(shape, new CommitOrder(1, 1), 1, null), new Row(shape, "v", key), null);
    }

    @Test
    void rangesOfOneSnapshotMelt() {
        SnapshotParts parts = new SnapshotParts("k", List.of())
                .with(new Range(List.of("2"), List.of("3"), 7))
                .with(new Range(List.of(), List.of("1"), 7))
                .with(new Range(List.of("3"), List.of(), 8))
                .with(new Range(List.of("1"), List.of("2"), 7));
        assertThat(parts.ranges())
                .containsExactlyInAnyOrder(
                        new Range(List.of(), List.of("3"), 7), new Range(List.of("3"), List.of(), 8));
    }

    @Test
    void keysAreOrderedAsPostgreSqlOrdersThem() {
        assertOrdered("2950 0 0 a", "00000000-0000-0000-0000-000000000001", "80000000-0000-0000-0000-000000000000");
        assertOrdered("1700 10 2 a", "-2.00", "10.00");
        assertOrdered("25 0 0 a", "Z", "a");
        assertOrdered("25 0 0 a", "\uFFFD", "\uD83D\uDE00");
        assertOrdered("20 0 0 a\n23 0 0 with space", "1", "10", "2", "3");
        assertOrdered("1114 0 0 a", "0044-03-15 00:00:00 BC", "2024-01-01 00:00:00");
        assertThat(KeyOrder.parse("20 0 0 a\n23 0 0 with space").names()).containsExactly("a", "with space");
        assertThat(KeyRanges.condition(
                        KeyOrder.parse("20 0 0 a\n25 0 0 b\"c"), new Range(List.of("1", "it's"), List.of(), 0)))
                .isEqualTo("(\"a\", \"b\"\"c\") >= ('1', 'it''s')");
    }

    /** Two keys, given as the columns of both. */
    private static void assertOrdered(String definition, String... columns) {
        KeyOrder order = KeyOrder.parse(definition);
        int half = columns.length / 2;
        List<String> all = List.of(columns);
        assertThat(order.texts().compare(all.subList(0, half), all.subList(half, columns.length)))
                .isNegative();
        assertThat(Set.of(order.definition())).containsExactly(definition);
    }
}
