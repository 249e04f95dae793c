package io.vaultline.clickhouse.load;

import static io.vaultline.clickhouse.load.LoadBench.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vaultline.clickhouse.load.CrashPoint.Place;
import io.vaultline.config.RangeRules;
import io.vaultline.config.RangeRules.Choice;
import io.vaultline.error.ErrorCode;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.letter.Author;
import io.vaultline.letter.DeadLetter;
import io.vaultline.letter.LetterAnswer;
import io.vaultline.letter.LetterClient;
import io.vaultline.letter.LetterRequest;
import io.vaultline.letter.LetterRequest.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A change that can't be loaded stops its row and nothing else. */
@ExtendWith(SharedBench.class)
class LoadLettersIT {
    private static final long HOUR = Duration.ofHours(1).toMillis() * 1_000;
    private static final long TOO_LONG = 1_000 * HOUR;
    private static final CollectionSchema CALLS =
            table("calls", column("id", Simple.INT32), column("length", Simple.TIME));
    private static final CollectionSchema SHOPS = table("shops", column("id", Simple.INT32));

    private static LoadBench bench;

    @BeforeAll
    static void start(LoadBench shared) {
        bench = shared;
    }

    @AfterAll
    static void stop() {
        bench.closeServices();
    }

    @Test
    void laterChangesOfTheRowWaitOverARestartAndAnotherLoaderAndAFixLoadsThemInOrder() {
        try (Publisher source = bench.pipeline("waits")) {
            source.publish(
                    source.created(CALLS, 1, HOUR), source.created(CALLS, 2, TOO_LONG), source.updated(CALLS, 2, HOUR));
            source.publish(source.created(CALLS, 3, HOUR));
            LoadService first = bench.load(CrashPoint.NONE);
            soon().untilAsserted(() -> assertThat(letters()).hasSize(2));
            first.close();
            source.publish(source.updated(CALLS, 2, 2 * HOUR));
            bench.load(CrashPoint.NONE);
            soon().untilAsserted(() -> assertThat(letters()).hasSize(3));
            bench.load(CrashPoint.NONE);
            source.publish(source.updated(CALLS, 2, 3 * HOUR), source.created(CALLS, 4, HOUR));
            soon().untilAsserted(() -> assertThat(letters()).hasSize(4));
            soon().untilAsserted(() -> assertThat(bench.count("calls_current")).isEqualTo(3));
            DeadLetter letter = letters().get(0);
            assertThat(letter.reason().orElseThrow().code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE);
            assertThat(letter.place().orElseThrow().topic()).isEqualTo("waits.pg.public.calls");
            assertThat(letters().stream().filter(DeadLetter::isRefused)).hasSize(1);

            LetterAnswer inVain = ask(Action.REPLAY, letter, Map.of());
            LetterAnswer wrong = ask(Action.FIX, letter, Map.of("length", Optional.of("a while")));
            LetterAnswer fixed = ask(Action.FIX, letter, Map.of("length", Optional.of("00:30:00")));

            assertThat(inVain).isEqualTo(new LetterAnswer(true, 0, 4, inVain.text()));
            assertThat(wrong).isEqualTo(new LetterAnswer(true, 0, 4, wrong.text()));
            assertThat(wrong.text()).contains("length", "TIME").doesNotContain("a while");
            assertThat(fixed).isEqualTo(new LetterAnswer(true, 4, 0, ""));
            assertThat(letters()).isEmpty();
            assertThat(lengths("calls_history", 2, "valid_from")).containsExactly(HOUR / 2, HOUR, 2 * HOUR, 3 * HOUR);
            assertThat(new LetterClient(bench.config()).log().keySet())
                    .extracting(request -> request.author().name())
                    .containsOnly("ann");

            bench.closeServices();
            bench.server().execute("DROP DATABASE waits");
            bench.load(CrashPoint.NONE);
            soon().untilAsserted(() -> assertThat(lengths("calls_history", 2, "valid_from"))
                    .containsExactly(HOUR / 2, HOUR, 2 * HOUR, 3 * HOUR));
            assertThat(letters()).isEmpty();
            assertThat(bench.failure()).isNull();
        }
    }

    @Test
    void aRecordThatIsNoChangeStopsItsRowUntilItIsDroppedAndACrashMeanwhileChangesNothing() {
        try (Publisher source = bench.pipeline("garbage")) {
            source.publish(source.created(CALLS, 1, HOUR), source.created(CALLS, 2, HOUR));
            source.publishGarbage(CALLS, 2, HOUR);
            source.publish(source.updated(CALLS, 2, 2 * HOUR), source.updated(CALLS, 1, 2 * HOUR));
            bench.load(place -> {
                if (place == Place.DELIVERED_NOT_COMMITTED) {
                    throw new IllegalStateException("killed");
                }
            });
            soon().untilAsserted(() -> assertThat(letters()).hasSize(2));
            DeadLetter letter = letters().get(0);
            assertThat(letter.reason().orElseThrow().code()).isEqualTo(ErrorCode.RECORD_UNREADABLE);

            try (LetterClient.Asked asked =
                    new LetterClient(bench.config()).ask(request(Action.DROP, letter, Map.of()))) {
                soon().until(() -> bench.failure() != null);
                assertThat(letters()).hasSize(2);
                bench.closeServices();
                bench.load(CrashPoint.NONE);
                soon().until(() -> asked.answer().isPresent());
                assertThat(asked.answer()).contains(new LetterAnswer(true, 1, 0, ""));
            }

            assertThat(letters()).isEmpty();
            assertThat(lengths("calls_current", 2, "id")).containsExactly(2 * HOUR);
            assertThat(bench.count("sat_calls FINAL")).isEqualTo(4);
        }
    }

    @Test
    void aTableWithTooManyRefusedRowsStopsAloneAndGoesOnWhenOneIsGivenUp() {
        try (Publisher source = bench.pipeline("stops")) {
            bench.maxRows(2);
            for (int id = 1; id <= 3; id++) {
                source.publish(source.created(CALLS, id, TOO_LONG));
            }
            source.publish(source.created(CALLS, 4, HOUR));
            SimpleMeterRegistry metrics = new SimpleMeterRegistry();
            bench.load(CrashPoint.NONE).bindTo(metrics);
            soon().until(() -> metrics.get("vaultline.tables.stopped").gauge().value() == 1);
            source.publish(source.created(SHOPS, 1));
            soon().untilAsserted(() -> assertThat(bench.count("shops_current")).isEqualTo(1));
            assertThat(letters()).hasSize(2);

            ask(Action.DROP, letters().get(0), Map.of());
            soon().untilAsserted(() -> assertThat(letters()).hasSize(2));
            ask(Action.DROP, letters().get(0), Map.of());

            soon().untilAsserted(() -> assertThat(bench.count("calls_current")).isEqualTo(1));
            assertThat(metrics.get("vaultline.tables.stopped").gauge().value()).isZero();
            assertThat(bench.failure()).isNull();
        }
    }

    @Test
    void aColumnMayTakeTheNearestValueInstead() {
        try (Publisher source = bench.pipeline("clamps")) {
            bench.ranges(new RangeRules(Choice.FAIL, Map.of("sat_*.length", Choice.CLAMP)));
            source.publish(source.created(CALLS, 1, TOO_LONG), source.created(CALLS, 2, HOUR));
            SimpleMeterRegistry metrics = new SimpleMeterRegistry();

            bench.load(CrashPoint.NONE).bindTo(metrics);

            soon().untilAsserted(
                            () -> assertThat(lengths("calls_current", 1, "id")).containsExactly(1_000 * HOUR - 1));
            assertThat(metrics.get("vaultline.clamped.values").gauge().value()).isEqualTo(1);
            assertThat(letters()).isEmpty();
        }
    }

    private static List<Long> lengths(String view, int id, String order) {
        return bench.numbers(
                "SELECT assumeNotNull(length) AS n FROM %s." + view + " WHERE id = " + id + " ORDER BY " + order,
                Simple.TIME);
    }

    private static List<DeadLetter> letters() {
        return new LetterClient(bench.config()).list();
    }

    private static LetterAnswer ask(Action action, DeadLetter letter, Map<String, Optional<String>> values) {
        try (LetterClient.Asked asked = new LetterClient(bench.config()).ask(request(action, letter, values))) {
            soon().until(() -> asked.answer().isPresent());
            return asked.answer().orElseThrow();
        }
    }

    private static LetterRequest request(Action action, DeadLetter letter, Map<String, Optional<String>> values) {
        var place = letter.place().orElseThrow();
        return new LetterRequest(
                UUID.randomUUID().toString(),
                "load",
                "pg",
                action,
                Optional.of(letter.id()),
                Optional.of(place.topic() + "-" + place.partition()),
                new Author("ann", "", 1),
                values);
    }

    private static CollectionSchema table(String name, Column... columns) {
        CollectionId id = new CollectionId("pg", "public", name);
        return new CollectionSchema(id, CollectionKind.TABLE, List.of(columns), List.of("id"), List.of());
    }

    private static Column column(String name, DataType type) {
        return new Column(name, type, type.toString(), !name.equals("id"));
    }
}
