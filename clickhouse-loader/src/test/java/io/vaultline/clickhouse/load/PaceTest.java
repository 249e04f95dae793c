package io.vaultline.clickhouse.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration TARGET = Duration.ofMillis(500);

    private final Pace pace = new Pace(TARGET);

    @Test
    void aChangeIsVisibleWithinTheTargetWhileTheServerIsQuick() {
        assertThat(pace.patience()).isEqualTo(TARGET);
        pace.inserted(Duration.ofMillis(100));
        assertThat(pace.patience()).isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void aSlowServerGetsFewerInsertsAndARecoveredOneSoonAsManyAsBefore() {
        pace.inserted(Duration.ofSeconds(4));
        assertThat(pace.patience()).isEqualTo(Duration.ofSeconds(4));
        for (int i = 0; i < 10; i++) {
            pace.inserted(Duration.ofMillis(20));
        }
        assertThat(pace.patience()).isBetween(Duration.ofMillis(470), Duration.ofMillis(480));
    }

    @Property(tries = 200)
    void itLeavesTimeForTheInsertAndEnds(@ForAll List<@LongRange(min = 0, max = 1_000_000) Long> millis) {
        Pace any = new Pace(TARGET);
        millis.forEach(took -> any.inserted(Duration.ofMillis(took)));
        assertThat(any.patience()).isBetween(TARGET.dividedBy(2), Pace.LONGEST);
    }

    @Test
    void aTargetBeyondTheLongestWaitIsKept() {
        Duration minutes = Duration.ofMinutes(5);
        Pace patient = new Pace(minutes);
        assertThat(patient.patience()).isEqualTo(minutes);
    }
}
