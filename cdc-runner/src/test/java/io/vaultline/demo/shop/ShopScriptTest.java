package io.vaultline.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShopScriptTest {
    private static final Instant OPENING = Instant.parse("2026-11-01T09:00:00Z");
    private static final ShopCatalog.Size SIZE = new ShopCatalog.Size(60, 10, 12, 120);

    @Test
    void the_same_seed_gives_the_same_shop_and_the_same_day() {
        assertThat(ShopCatalog.of(7, SIZE, OPENING)).isEqualTo(ShopCatalog.of(7, SIZE, OPENING));
        assertThat(script(7, 100)).isEqualTo(script(7, 100));
        assertThat(script(8, 100)).isNotEqualTo(script(7, 100));
    }

    @Test
    void as_many_orders_are_placed_as_were_asked_for() {
        assertThat(inserts(script(7, 100)).filter(insert -> insert.collection().equals("purchases")))
                .hasSize(100);
    }

    @Test
    void no_order_before_the_opening_has_the_number_of_a_later_one() {
        ShopCatalog catalog = ShopCatalog.of(7, SIZE, OPENING);
        Set<Object> past = ids(ShopScript.past(7, catalog, OPENING));

        assertThat(past).isNotEmpty().doesNotContainAnyElementsOf(ids(script(7, 100)));
    }

    @Test
    void the_steps_of_a_lane_are_in_the_order_of_their_times() {
        for (List<Timeline.Entry> lane : script(7, 100)) {
            assertThat(lane).isNotEmpty().isSortedAccordingTo(Comparator.comparingDouble(Timeline.Entry::at));
        }
    }

    @Test
    void even_a_short_day_has_every_kind_of_change() {
        String statements = steps(script(7, 20))
                .filter(ShopStep.Sql.class::isInstance)
                .flatMap(step -> ((ShopStep.Sql) step).statements().stream().map(ShopStep.Statement::text))
                .collect(Collectors.joining("\n"));

        assertThat(statements)
                .contains("ADD COLUMN", "SET discount", "DELETE FROM shop.products", "DELETE FROM shop.users")
                .contains("SET warehouse", "SET seller_id", "SET price", "INSERT INTO shop.products")
                .contains("INSERT INTO shop.auth_events", "SET password_hash");
        assertThat(steps(script(7, 20))).anyMatch(step -> step instanceof ShopStep.Sql sql && sql.rolledBack());
        assertThat(inserts(script(7, 60)).map(ShopStep.Write::collection).distinct())
                .containsExactlyInAnyOrder("purchases", "cancellations", "ratings");
    }

    private static List<List<Timeline.Entry>> script(long seed, int orders) {
        ShopCatalog catalog = ShopCatalog.of(seed, SIZE, OPENING);
        return ShopScript.of(seed, catalog, SIZE, orders, OPENING, Duration.ofSeconds(10));
    }

    private static Stream<ShopStep> steps(List<List<Timeline.Entry>> script) {
        return script.stream().flatMap(Collection::stream).map(Timeline.Entry::step);
    }

    private static Stream<ShopStep.Write.Insert> inserts(List<List<Timeline.Entry>> script) {
        return steps(script)
                .filter(ShopStep.Documents.class::isInstance)
                .flatMap(step -> ((ShopStep.Documents) step).writes().stream())
                .filter(ShopStep.Write.Insert.class::isInstance)
                .map(ShopStep.Write.Insert.class::cast);
    }

    private static Set<Object> ids(List<List<Timeline.Entry>> script) {
        return inserts(script).map(insert -> insert.document().get("_id")).collect(Collectors.toSet());
    }
}
