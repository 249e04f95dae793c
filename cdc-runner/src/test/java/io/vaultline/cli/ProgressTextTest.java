package io.vaultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.service.PipelineMetrics.Progress;
import io.vaultline.service.PipelineMetrics.Snapshot;
import io.vaultline.service.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTextTest {
    @Test
    void eachRolesServicesAreAddedUpAndTheSlowestGivesTheLag() {
        List<Progress> before =
                List.of(new Progress(Role.CAPTURE, "capture-pg", 1_000, 9), new Progress(Role.LOAD, "load", 0, 0));
        List<Progress> now = List.of(
                new Progress(Role.CAPTURE, "capture-mongo", 500, 0.31),
                new Progress(Role.CAPTURE, "capture-pg", 2_000, 0.2),
                new Progress(Role.LOAD, "load", 0, 0));

        assertThat(ProgressText.line(before, now, Duration.ofSeconds(10)))
                .isEqualTo("captured 2,500 (150/s, lag 0.3 s), loaded 0 (0/s, lag 0.0 s)");
    }

    @Test
    void aSnapshotSaysHowFarItIsAndWhatNobodyKnows() {
        assertThat(ProgressText.line(
                        new Snapshot("capture-pg", "public.item", 250_000, 1_000_000, 50_000.4, 0.25, 15.2)))
                .isEqualTo("snapshot of public.item: 250,000 rows, 50,000/s, 25 % of about 1,000,000, about 15 s left");
        assertThat(ProgressText.line(
                        new Snapshot("capture-pg", "public.item", 2_000, 1_000, 500, Double.NaN, Double.NaN)))
                .isEqualTo("snapshot of public.item: 2,000 rows, 500/s, more than was estimated");
    }
}
