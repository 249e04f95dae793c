package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Outage outage = new Outage("capture-pg", nanos::get);

    @Test
    void onlyWhatEndsByItselfIsWaitedFor() {
        assertThat(outage.isBorne(failure(ErrorCode.KAFKA_REFUSES))).isFalse();
        assertThat(outage.isBorne(failure(ErrorCode.SOURCE_POSITION_LOST))).isFalse();
        assertThat(outage.waiting()).isEmpty();
        assertThat(outage.isBorne(failure(ErrorCode.SOURCE_UNREACHABLE))).isTrue();
        assertThat(outage.waiting()).hasValueSatisfying(text -> assertThat(text).startsWith("waits for the source"));
    }

    @Test
    void kafkaThatAnswersSaysNothingOfTheSource() {
        outage.isBorne(failure(ErrorCode.SOURCE_UNREACHABLE));
        outage.kafkaAnswers();
        assertThat(outage.waiting()).isPresent();
        outage.isBorne(failure(ErrorCode.KAFKA_UNREACHABLE));
        assertThat(outage.waiting()).hasValueSatisfying(text -> assertThat(text).startsWith("waits for Kafka"));
        outage.kafkaAnswers();
        assertThat(outage.waiting()).isEmpty();
    }

    @Test
    void kafkaIsWaitedForAsLongAsItTakesAndTheSourceForTenMinutes() {
        assertThat(outage.isBorne(failure(ErrorCode.KAFKA_UNREACHABLE))).isTrue();
        nanos.addAndGet(Duration.ofDays(2).toNanos());
        assertThat(outage.isBorne(failure(ErrorCode.KAFKA_UNREACHABLE))).isTrue();
        assertThat(outage.isBorne(failure(ErrorCode.SOURCE_UNREACHABLE))).isTrue();
        nanos.addAndGet(Duration.ofMinutes(10).minusSeconds(1).toNanos());
        assertThat(outage.isBorne(failure(ErrorCode.SOURCE_UNREACHABLE))).isTrue();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(outage.isBorne(failure(ErrorCode.SOURCE_UNREACHABLE))).isFalse();
    }

    @Test
    void anOutageBeginsAnewWhenChangesHaveFlowed() {
        outage.isBorne(failure(ErrorCode.SOURCE_UNREACHABLE));
        nanos.addAndGet(Duration.ofMinutes(9).toNanos());
        outage.over();
        assertThat(outage.isBorne(failure(ErrorCode.SOURCE_UNREACHABLE))).isTrue();
        nanos.addAndGet(Duration.ofMinutes(9).toNanos());
        assertThat(outage.isBorne(failure(ErrorCode.SOURCE_UNREACHABLE))).isTrue();
        assertThat(outage.waiting()).contains("waits for the source, for 540 s now");
    }

    private static PipelineException failure(ErrorCode code) {
        return new PipelineException(code, "what", "where", "remedy");
    }
}
