package io.vaultline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.demo.PipelineStatus.Answer;
import io.vaultline.demo.PipelineStatus.Progress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkViewTest {
    @Test
    void what_came_before_the_opening_is_not_counted() {
        WorkView view = new WorkView(45, answer(1_000));
        view.update(answer(1_250));

        assertThat(view.summary(3, 300)).contains("captured 250 (lag 0.5 s)");
        assertThat(view.lines(3, 300, 100))
                .anyMatch(line -> line.contains("captured into Kafka") && line.contains("250"));
    }

    @Test
    void a_new_process_that_begins_at_zero_is_counted_on() {
        WorkView view = new WorkView(45, answer(1_000));
        view.update(answer(1_250));
        view.update(answer(40));

        assertThat(view.summary(3, 300)).contains("captured 290");
    }

    private static Answer answer(long changes) {
        Progress progress = new Progress(changes, 0.5);
        return new Answer(true, progress, progress, progress, Optional.empty());
    }
}
