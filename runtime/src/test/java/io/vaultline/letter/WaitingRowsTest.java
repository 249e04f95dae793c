package io.vaultline.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CommitOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingRowsTest {
    private static final Reason REASON = new Reason(ErrorCode.VALUE_OUT_OF_RANGE, "what", "column c", "remedy");

    private static DeadLetter letter(String id, String row) {
        return new DeadLetter(
                id,
                "capture",
                new CollectionId("pg", "public", "item"),
                new CommitOrder(7, 1),
                1,
                row,
                Optional.of(REASON),
                Optional.empty(),
                List.of());
    }

    @Test
    void aRowWaitsUntilTheLastOfItsChangesIsGone() {
        WaitingRows waiting = new WaitingRows(10);
        waiting.add(letter("1", "a"));
        waiting.add(letter("2", "a"));
        waiting.add(letter("3", "b"));
        waiting.remove("1");
        assertThat(waiting.has("a")).isTrue();
        waiting.remove("2");
        assertThat(waiting.has("a")).isFalse();
        assertThat(waiting.all()).extracting(DeadLetter::id).containsExactly("3");
    }

    @Test
    void whatATransactionDidIsTakenBackWithIt() {
        WaitingRows waiting = new WaitingRows(10);
        waiting.add(letter("1", "a"));
        waiting.commit();
        waiting.remove("1");
        waiting.add(letter("2", "b"));
        waiting.rollback();
        assertThat(waiting.all()).extracting(DeadLetter::id).containsExactly("1");
        assertThat(waiting.has("a")).isTrue();
        assertThat(waiting.has("b")).isFalse();
        assertThat(waiting.size()).isEqualTo(1);
        waiting.rollback();
        assertThat(waiting.isEmpty()).isFalse();
    }

    @Test
    void oneMoreThanMayWaitIsAnErrorThatNamesTheReason() {
        WaitingRows waiting = new WaitingRows(1);
        waiting.known(letter("1", "a"));
        waiting.add(letter("1", "a"));
        assertThatThrownBy(() -> waiting.add(letter("2", "a")))
                .isInstanceOfSatisfying(PipelineException.class, full -> {
                    assertThat(full.code()).isEqualTo(ErrorCode.DEAD_LETTERS_FULL);
                    assertThat(full.what()).contains("1", "column c");
                    assertThat(full.remedy()).contains("dlq list", "max-waiting");
                });
    }
}
