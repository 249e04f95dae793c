package io.vaultline.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class RoleProgressTest {
    @Test
    void lagIsTheTimeFromTheSourcesCommitUntilTheChangeWasDurable() {
        MeterRegistry registry = new SimpleMeterRegistry();
        RoleProgress progress = new RoleProgress(Role.LOAD, "load", () -> 12_500_000L);
        progress.bindTo(registry);

        progress.committed(3, 10_000_000L);
        progress.committed(4, 12_000_000L);

        assertThat(registry.get(RoleProgress.CHANGES).functionCounter().count()).isEqualTo(7);
        assertThat(registry.get(RoleProgress.LAG).gauge().value()).isEqualTo(0.5);
        assertThat(registry.get(RoleProgress.LAST_COMMIT).gauge().value()).isEqualTo(12.5);
    }
}
