package io.vaultline.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final List<String> heard = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void waits_until_nothing_is_missing_and_says_what_it_waits_for() {
        patience(10_000, 10_000).await(() -> missing(asked.incrementAndGet() < 3 ? "two changes" : "", 1));

        assertThat(heard).containsExactly("two changes", "two changes");
    }

    @Test
    void gives_up_when_nothing_moves() {
        assertThatThrownBy(() -> patience(10_000, 150).await(() -> missing("one change", 1)))
                .isInstanceOfSatisfying(PipelineException.class, e -> {
                    assertThat(e.what()).contains("no pipeline seems to run");
                    assertThat(e.where()).isEqualTo("one change");
                });
    }

    @Test
    void gives_up_when_time_is_over_although_something_moves() {
        assertThatThrownBy(() -> patience(300, 200).await(() -> missing("more", asked.incrementAndGet())))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.what()).contains("did not catch up"));
    }

    @Test
    void aStandstillCanBeAnAnswer() {
        assertThat(patience(60_000, 50).awaitOrStandstill(() -> missing("waiting for the capture of pg", 1)))
                .isEqualTo(Patience.Outcome.STANDSTILL);
    }

    private static Patience.Missing missing(String reason, int sign) {
        return new Patience.Missing(reason, sign);
    }

    private Patience patience(long inAllMillis, long unmovedMillis) {
        Patience.Limits limits = new Patience.Limits(Duration.ofMillis(inAllMillis), Duration.ofMillis(unmovedMillis));
        return new Patience(limits, new VerificationListener() {
            @Override
            public void waiting(String reason) {
                heard.add(reason);
            }

            @Override
            public void standing(String note) {}

            @Override
            public void comparing(CollectionId collection) {}
        });
    }
}
