package io.vaultline.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SnapshotProgressTest {
    private final AtomicLong clock = new AtomicLong(1);
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final SnapshotProgress progress = new SnapshotProgress("capture-pg", clock::get);

    private SnapshotProgress.Table begin(long estimatedRows, int parts) {
        progress.bindTo(registry);
        SnapshotProgress.Table table = progress.begin("public.item", estimatedRows, parts);
        table.reading();
        return table;
    }

    private double meter(String name) {
        return registry.get(name).gauge().value();
    }

    @Test
    void theShareIsThatOfThePartsWhateverTheEstimateWas() {
        SnapshotProgress.Table table = begin(10, 4);
        clock.addAndGet(2_000_000_000L);
        table.rows(1_000);
        table.parts(1);
        assertThat(meter(SnapshotProgress.SHARE)).isEqualTo(0.25);
        assertThat(meter(SnapshotProgress.ESTIMATED)).isEqualTo(4_000);
        assertThat(meter(SnapshotProgress.RATE)).isEqualTo(500);
        assertThat(meter(SnapshotProgress.REMAINING)).isEqualTo(6);
    }

    @Test
    void nobodyKnowsTheShareOnceThereAreMoreRowsThanEstimated() {
        SnapshotProgress.Table table = begin(10, 1);
        clock.addAndGet(1_000_000_000L);
        table.rows(5);
        assertThat(meter(SnapshotProgress.SHARE)).isEqualTo(0.5);
        assertThat(meter(SnapshotProgress.REMAINING)).isEqualTo(1);
        table.rows(10);
        assertThat(meter(SnapshotProgress.SHARE)).isNaN();
        assertThat(meter(SnapshotProgress.REMAINING)).isNaN();
        assertThat(meter(SnapshotProgress.ESTIMATED)).isEqualTo(15);
        table.parts(1);
        assertThat(meter(SnapshotProgress.SHARE)).isEqualTo(1);
    }

    @Test
    void aTableThatIsDoneIsNoLongerShown() {
        begin(10, 1).close();
        assertThat(registry.getMeters()).isEmpty();
    }
}
