package io.vaultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultline.error.ErrorCode;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CommitOrder;
import io.vaultline.letter.DeadLetter;
import io.vaultline.letter.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LetterTextTest {
    private static final DeadLetter REFUSED = letter(
            "capture-1",
            5,
            Optional.of(new Reason(ErrorCode.VALUE_OUT_OF_RANGE, "It is NaN", "column c", "Widen it.")));
    private static final DeadLetter BEHIND = letter("capture-2", 6, Optional.empty());

    private static DeadLetter letter(String id, long position, Optional<Reason> reason) {
        return new DeadLetter(
                id,
                "capture",
                new CollectionId("pg", "public", "item"),
                new CommitOrder(position, 1),
                1_700_000_000_123_456L,
                "0123456789abcdef",
                reason,
                Optional.empty(),
                List.of());
    }

    @Test
    void peopleSeeWhatWaitsWhyAndWhatToDo() {
        String text = String.join("\n", LetterText.lines(List.of(REFUSED, BEHIND)));
        assertThat(text)
                .contains("capture-1", "public.item", "01234567", "2023-11-14T22:13:20Z", "5/1", "VALUE_OUT_OF_RANGE")
                .contains("capture-1: It is NaN (column c). Widen it.")
                .contains("capture-2", "6/1", "waits")
                .contains("1 letters, and 1 changes behind them");
        assertThat(LetterText.lines(List.of())).containsExactly("No change waits.");
    }

    @Test
    void programsSeeTheSame() throws Exception {
        JsonNode report = new ObjectMapper().readTree(LetterText.json(List.of(REFUSED, BEHIND)));
        assertThat(report.get("refused").asInt()).isEqualTo(1);
        assertThat(report.get("waiting").asInt()).isEqualTo(2);
        JsonNode first = report.get("changes").get(0);
        assertThat(first.get("error").asText()).isEqualTo("VALUE_OUT_OF_RANGE");
        assertThat(first.get("errorClass").asText()).isEqualTo("DATA");
        assertThat(first.get("commitPosition").asLong()).isEqualTo(5);
        assertThat(report.get("changes").get(1).has("error")).isFalse();
    }
}
