package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import org.junit.jupiter.api.Test;

class OutageTest {
    private final Outage outage = new Outage("capture-pg");

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

    private static PipelineException failure(ErrorCode code) {
        return new PipelineException(code, "what", "where", "remedy");
    }
}
