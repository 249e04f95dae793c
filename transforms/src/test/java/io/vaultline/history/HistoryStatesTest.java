package io.vaultline.history;

import static io.vaultline.history.Shop.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HistoryStatesTest {
    private static final long ROOMY = 64 << 20;

    /** What is done to the table, and with which numbers. */
    record Step(int what, int id, int number) {
        void applyTo(Shop shop) {
            Long price = number % 5 == 0 ? null : Long.valueOf(number);
            switch (what) {
                case 0 -> shop.read(id, price, "read " + number);
                case 1, 2, 3 -> shop.create(id, price, number % 3 == 0 ? null : "created " + number);
                case 4, 5, 6 -> shop.reprice(id, price);
                case 7 -> shop.describe(id, number % 4 == 0 ? null : "described " + number);
                case 8, 9 -> shop.move(id, number % 8);
                case 10 -> shop.delete(id);
                default -> {
                    if (number % 4 == 0) {
                        shop.truncate();
                    }
                }
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 11),
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(0, 1_000))
                .as(Step::new)
                .list()
                .ofMaxSize(80);
    }

    @Property(tries = 500)
    void theStateIsThatOfTheSourceInWhateverOrderChangesAreRead(
            @ForAll("steps") List<Step> steps, @ForAll Random random) {
        Shop shop = new Shop();
        steps.forEach(step -> step.applyTo(shop));
        List<DataChangeEvent> events = new ArrayList<>(shop.events);
        events.addAll(shop.events.subList(0, shop.events.size() / 2));
        Collections.shuffle(events, random);

        assertThat(states(new ListHistory(events), HistoryRange.all(), ROOMY))
                .containsExactlyInAnyOrderElementsOf(shop.rows.values());
    }

    @Property(tries = 200)
    void theStateAtAPositionDoesNotSeeWhatCameLater(@ForAll("steps") List<Step> steps, @ForAll Random random) {
        Shop shop = new Shop();
        int half = steps.size() / 2;
        steps.subList(0, half).forEach(step -> step.applyTo(shop));
        long position = shop.position();
        List<Row> then = new ArrayList<>(new TreeMap<>(shop.rows).values());
        steps.subList(half, steps.size()).forEach(step -> step.applyTo(shop));
        List<DataChangeEvent> events = new ArrayList<>(shop.events);
        Collections.shuffle(events, random);
        ListHistory history = new ListHistory(events);

        assertThat(states(history, HistoryRange.upTo(position), ROOMY)).containsExactlyInAnyOrderElementsOf(then);
        assertThat(states(history, HistoryRange.upTo(Instant.ofEpochMilli(position)), ROOMY))
                .containsExactlyInAnyOrderElementsOf(then);
    }

    @Property(tries = 100)
    void aSmallMemoryCostsPassesAndChangesNothing(@ForAll("steps") List<Step> steps, @ForAll Random random) {
        Shop shop = new Shop();
        steps.forEach(step -> step.applyTo(shop));
        List<DataChangeEvent> events = new ArrayList<>(shop.events);
        Collections.shuffle(events, random);

        assertThat(states(new ListHistory(events), HistoryRange.all(), 600))
                .containsExactlyInAnyOrderElementsOf(shop.rows.values());
    }

    @Test
    void manyRowsInASmallMemoryAreReadInSeveralPasses() {
        Shop shop = new Shop();
        for (int id = 0; id < 1_000; id++) {
            shop.create(id, (long) id, "row " + id);
        }
        ListHistory history = new ListHistory(shop.events);

        assertThat(states(history, HistoryRange.all(), 100_000)).hasSize(1_000);
        assertThat(history.reads()).isBetween(2, 8);
    }

    @Test
    void manyChangesOfOneRowAreReadInOnePass() {
        Shop shop = new Shop();
        shop.create(1, 0L, "row");
        for (long price = 1; price < 1_000; price++) {
            shop.reprice(1, price);
        }
        ListHistory history = new ListHistory(shop.events);

        assertThat(states(history, HistoryRange.all(), 1_000)).containsExactly(row(1, 999L, "row"));
        assertThat(history.reads()).isEqualTo(1);
    }

    @Test
    void whatNoChangeHasToldStaysUnavailableAndIsNotNull() {
        Shop shop = new Shop();
        shop.create(1, 5L, "told before the history begins");
        shop.events.clear();
        shop.reprice(1, 6L);

        assertThat(states(new ListHistory(shop.events), HistoryRange.all(), ROOMY))
                .containsExactly(row(1, 6L, Unavailable.VALUE));
    }

    @Test
    void equalRowsOfAKeylessTableAreCounted() {
        CollectionSchema keyless = new CollectionSchema(
                Shop.SCHEMA.id(), CollectionKind.TABLE, Shop.SCHEMA.columns(), List.of(), List.of());
        Row twin = new Row(keyless, 1, 2L, "twin");
        Row old = new Row(keyless, 3, 4L, "long text");
        Row moved = new Row(keyless, 3, 5L, Unavailable.VALUE);
        List<DataChangeEvent> events = List.of(
                new RowCreated(header(keyless, 1, 1), twin, null),
                new RowCreated(header(keyless, 1, 2), twin, null),
                new RowCreated(header(keyless, 1, 3), twin, null),
                new RowDeleted(header(keyless, 2, 1), twin, null),
                new RowCreated(header(keyless, 3, 1), old, null),
                new RowDeleted(header(keyless, 4, 1), old, moved),
                new RowCreated(header(keyless, 4, 2), moved, old));

        List<Row> rows = new ArrayList<>();
        new HistoryStates(new ListHistory(events), ROOMY).read(keyless, HistoryRange.all(), rows::add);

        assertThat(rows).containsExactlyInAnyOrder(twin, twin, new Row(keyless, 3, 5L, "long text"));
    }

    private static ChangeHeader header(CollectionSchema schema, long position, long ordinal) {
        return new ChangeHeader(schema, new CommitOrder(position, ordinal), position, null);
    }

    private static List<Row> states(ChangeHistory history, HistoryRange range, long memory) {
        List<Row> rows = new ArrayList<>();
        new HistoryStates(history, memory).read(Shop.SCHEMA, range, rows::add);
        return rows;
    }
}
