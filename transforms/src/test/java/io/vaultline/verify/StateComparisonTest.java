package io.vaultline.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateComparisonTest {
    private static final CollectionSchema KEYED = schema(List.of("id"));
    private static final CollectionSchema KEYLESS = schema(List.of());

    @Property(tries = 100)
    void the_order_of_rows_does_not_matter(@ForAll @IntRange(max = 300) int size, @ForAll long seed) {
        List<Row> rows = rows(size);
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(digest(KEYED, rows).sameAs(digest(KEYED, shuffled))).isTrue();
    }

    @Property(tries = 100)
    void one_changed_value_among_many_is_found_and_named(@ForAll @IntRange(max = 999) int changed) {
        List<Row> altered = rows(1000);
        altered.set(changed, row(KEYED, changed, "other"));

        assertThat(differences(rows(1000), altered))
                .containsExactly(new Difference(Difference.Kind.DIFFERENT, "id=" + changed, List.of("text")));
    }

    @Property(tries = 100)
    void a_row_that_only_one_side_has_is_found_and_named(@ForAll @IntRange(max = 999) int lost) {
        List<Row> fewer = rows(1000);
        fewer.remove(lost);

        assertThat(differences(rows(1000), fewer))
                .containsExactly(new Difference(Difference.Kind.MISSING, "id=" + lost));
        assertThat(differences(fewer, rows(1000))).containsExactly(new Difference(Difference.Kind.EXTRA, "id=" + lost));
    }

    @Test
    void values_that_two_rows_have_swapped_are_found() {
        List<Row> swapped = rows(10);
        swapped.set(3, row(KEYED, 3, "value 4"));
        swapped.set(4, row(KEYED, 4, "value 3"));

        assertThat(differences(rows(10), swapped)).hasSize(2);
    }

    @Test
    void null_empty_and_unavailable_are_three_different_things() {
        List<@Nullable Object> values =
                Collections.unmodifiableList(new ArrayList<>(java.util.Arrays.asList(null, "", Unavailable.VALUE)));
        for (Object one : values) {
            for (Object other : values) {
                boolean same =
                        digest(KEYED, List.of(row(KEYED, 1, one))).sameAs(digest(KEYED, List.of(row(KEYED, 1, other))));
                assertThat(same).isEqualTo(one == other);
            }
        }
    }

    @Test
    void a_value_that_does_not_fit_its_type_equals_none_of_a_store() {
        CollectionSchema schema = new CollectionSchema(
                new CollectionId("pg", "public", "item"),
                CollectionKind.TABLE,
                List.of(
                        new Column("id", DataType.Simple.DATE, "date", false),
                        new Column("amount", new DataType.Decimal(10, 2), "numeric", true)),
                List.of("id"),
                List.of());
        Row there = new Row(schema, 1, "NaN");

        assertThat(differences(schema, List.of(there), List.of(new Row(schema, 1, null))))
                .containsExactly(new Difference(Difference.Kind.DIFFERENT, "id=1970-01-02", List.of("amount")));
        assertThat(differences(schema, List.of(new Row(schema, "infinity", null)), List.of()))
                .containsExactly(new Difference(Difference.Kind.MISSING, "id=infinity"));
        assertThat(digest(schema, List.of(there)).sameAs(digest(schema, List.of(new Row(schema, 1, "NaN")))))
                .isTrue();
    }

    @Test
    void rows_of_keyless_tables_are_counted() {
        Row twice = row(KEYLESS, 1, "same");
        CollectionComparison comparison = compare(KEYLESS, List.of(twice, twice), List.of(twice));

        assertThat(comparison.equal()).isFalse();
        assertThat(comparison.sourceRows()).isEqualTo(2);
        assertThat(comparison.store("vault").rows()).isEqualTo(1);
        assertThat(comparison.store("vault").differences())
                .containsExactly(new Difference(Difference.Kind.MISSING, "id=1, text=same"));
    }

    @Test
    void no_more_rows_are_named_than_were_asked_for() {
        assertThat(differences(rows(5000), List.of())).hasSize(20);
    }

    @Test
    void equal_states_have_no_differences() {
        CollectionComparison comparison = compare(KEYED, rows(100), rows(100));

        assertThat(comparison.equal()).isTrue();
        assertThat(comparison.store("vault")).isEqualTo(new StoreComparison("vault", 100, true, List.of()));
    }

    private static List<Difference> differences(List<Row> source, List<Row> vault) {
        return differences(KEYED, source, vault);
    }

    private static List<Difference> differences(CollectionSchema schema, List<Row> source, List<Row> vault) {
        CollectionComparison comparison = compare(schema, source, vault);
        assertThat(comparison.equal()).isFalse();
        return comparison.store("vault").differences();
    }

    private static CollectionComparison compare(CollectionSchema schema, List<Row> source, List<Row> vault) {
        StateComparison comparison =
                new StateComparison(new FixedState("source", source), List.of(new FixedState("vault", vault)), 20);
        return comparison.compare(schema, 7, comparison.digestSource(schema, 7));
    }

    private static StateDigest digest(CollectionSchema schema, List<Row> rows) {
        StateDigest digest = new StateDigest(schema);
        rows.forEach(digest::add);
        return digest;
    }

    private static List<Row> rows(int size) {
        return new ArrayList<>(IntStream.range(0, size)
                .mapToObj(id -> row(KEYED, id, "value " + id))
                .toList());
    }

    private static Row row(CollectionSchema schema, int id, @Nullable Object text) {
        return new Row(schema, id, text);
    }

    private static CollectionSchema schema(List<String> key) {
        List<Column> columns = List.of(
                new Column("id", DataType.Simple.INT32, "int4", false),
                new Column("text", DataType.Simple.TEXT, "text", true));
        return new CollectionSchema(
                new CollectionId("pg", "public", "t"), CollectionKind.TABLE, columns, key, List.of());
    }

    /** A state that never changes. */
    private record FixedState(String store, List<Row> rows) implements StateReader {
        @Override
        public void read(CollectionSchema schema, long commitPosition, Consumer<Row> sink) {
            rows.forEach(sink);
        }
    }
}
