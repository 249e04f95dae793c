package io.vaultline.capture.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.capture.source.LogMeasure;
import io.vaultline.capture.source.LogReading;
import io.vaultline.config.SourceConfig.LogLimits;
import org.junit.jupiter.api.Test;

class OplogProbeTest {
    private static final int HOUR = 3_600;
    private static final int OLDEST = 1_000_000;
    private static final LogLimits LIMITS = new LogLimits(1, 1, 24, 6);

    @Test
    void thePlaceIsMeasuredFromTheOldestEntry() {
        LogReading reading = OplogProbe.reading(window(30, 0.95), time(7), LIMITS);
        assertThat(reading.measures())
                .containsEntry(LogMeasure.OPLOG_WINDOW, 30.0)
                .containsEntry(LogMeasure.OPLOG_LEFT, 7.0)
                .containsEntry(LogMeasure.OPLOG_USED, 0.95);
        assertThat(reading.alerts()).isEmpty();
    }

    @Test
    void aFullOplogThatIsShortAndACaptureNearItsEndAreAlerts() {
        assertThat(OplogProbe.reading(window(23, 1), time(5), LIMITS).alerts())
                .containsOnlyKeys("alerts.oplog-hours", "alerts.oplog-left-hours");
        assertThat(OplogProbe.reading(window(48, 1), time(5), LIMITS).alerts())
                .containsOnlyKeys("alerts.oplog-left-hours");
    }

    @Test
    void anOplogThatIsNotFullDropsNothingAndAnUnknownPlaceIsNoAlert() {
        assertThat(OplogProbe.reading(window(1, 0.5), time(0), LIMITS).alerts()).isEmpty();
        LogReading reading = OplogProbe.reading(window(48, 1), 0, LIMITS);
        assertThat(reading.alerts()).isEmpty();
        assertThat(reading.measures().get(LogMeasure.OPLOG_LEFT)).isNaN();
    }

    private static OplogWindow window(int hours, double used) {
        return new OplogWindow(OLDEST, OLDEST + hours * HOUR, used);
    }

    private static long time(int hours) {
        return (long) (OLDEST + hours * HOUR) << Integer.SIZE;
    }
}
