package io.vaultline.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutageTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Outage outage = new Outage(Duration.ofMinutes(5));

    @Test
    void whatPassesIsTriedAgainAtGrowingIntervals() {
        assertThat(outage.pauseAfter(failure(ErrorCode.LAKE_UNREACHABLE), 0)).contains(Duration.ofMillis(500));
        assertThat(outage.pauseAfter(failure(ErrorCode.KAFKA_UNREACHABLE), 1)).contains(Duration.ofSeconds(1));
        for (int i = 0; i < 20; i++) {
            Optional<Duration> pause = outage.pauseAfter(failure(ErrorCode.LAKE_UNREACHABLE), 2 + i);
            assertThat(pause.orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(20));
        }
    }

    @Test
    void whatAPersonHasToMendIsNotTriedAgain() {
        assertThat(outage.pauseAfter(failure(ErrorCode.LAKE_REFUSES), 0)).isEmpty();
        assertThat(outage.pauseAfter(failure(ErrorCode.LAKE_FENCED), 0)).isEmpty();
        assertThat(outage.pauseAfter(failure(ErrorCode.CHANGES_EXPIRED), 0)).isEmpty();
    }

    @Test
    void patienceEnds() {
        for (int minute = 0; minute <= 5; minute++) {
            assertThat(outage.pauseAfter(failure(ErrorCode.LAKE_UNREACHABLE), minute * MINUTE))
                    .isPresent();
        }
        assertThat(outage.pauseAfter(failure(ErrorCode.LAKE_UNREACHABLE), 6 * MINUTE))
                .isEmpty();
    }

    @Test
    void anOutageThatEndedDoesNotCountForTheNext() {
        outage.pauseAfter(failure(ErrorCode.LAKE_UNREACHABLE), 0);
        outage.end();
        assertThat(outage.pauseAfter(failure(ErrorCode.LAKE_UNREACHABLE), 6 * MINUTE))
                .contains(Duration.ofMillis(500));
        assertThat(outage.pauseAfter(failure(ErrorCode.LAKE_UNREACHABLE), 60 * MINUTE))
                .contains(Duration.ofMillis(500));
    }

    private static PipelineException failure(ErrorCode code) {
        return new PipelineException(code, "what", "where", "remedy");
    }
}
