package io.vaultline.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.CollectionId;
import io.vaultline.event.Watermark;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicNamesTest {
    private final TopicNames names = new TopicNames("dev");

    @Test
    void anOrdinaryTableKeepsItsName() {
        assertThat(names.changes(new CollectionId("pg", "public", "orders"))).isEqualTo("dev.pg.public.orders");
    }

    @Test
    void tablesThatKafkaCantSpellStayApartAndLegal() {
        String dotted = names.changes(new CollectionId("pg", "a.b", "c"));
        String nested = names.changes(new CollectionId("pg", "a", "b.c"));
        String emoji = names.changes(new CollectionId("pg", "public", "🛒 \"Basket\""));

        assertThat(dotted).isNotEqualTo(nested);
        assertThat(emoji).matches("[A-Za-z0-9._-]+");
    }

    @Test
    void tablesOfTheLongestNamesStayApartAndLegal() {
        String first = names.changes(new CollectionId("pg", "ö".repeat(31), "é".repeat(31)));
        String second = names.changes(new CollectionId("pg", "ö".repeat(31), "é".repeat(30) + "e"));

        assertThat(first).hasSizeLessThan(250).matches("[A-Za-z0-9._-]+").matches(names.changePattern());
        assertThat(second).hasSizeLessThan(250).isNotEqualTo(first);
    }

    @Test
    void readersOfChangesSeeChangeTopicsOnly() {
        assertThat("dev.pg.public.orders").matches(names.changePattern());
        assertThat("dev.__schemas").doesNotMatch(names.changePattern());
        assertThat("dev2.pg.public.orders").doesNotMatch(names.changePattern());
    }

    @Test
    void aWatermarkComesBackAsItWas() {
        Watermark watermark = new Watermark("pg", 4711, 1_700_000_000_000_000L, Map.of("dev.pg.public.orders-0", 12L));

        assertThat(WatermarkCodec.decode(WatermarkCodec.encode(watermark))).isEqualTo(watermark);
    }
}
