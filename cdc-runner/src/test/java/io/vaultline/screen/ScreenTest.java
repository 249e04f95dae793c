package io.vaultline.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void without_a_terminal_moving_lines_become_a_summary_now_and_then() {
        PlainScreen screen = new PlainScreen(out);
        screen.show(List.of("one", "two"), "first");
        screen.show(List.of("one", "two"), "second, too soon");
        screen.line("stays");

        assertThat(shown()).isEqualTo("first\nstays\n");
    }

    @Test
    void on_a_terminal_moving_lines_are_drawn_over_and_lines_that_stay_go_above_them() {
        TerminalScreen screen = new TerminalScreen(out);
        screen.show(List.of("50 %", "more"), "");
        bytes.reset();
        screen.line("stays");

        assertThat(shown()).startsWith("\u001b[2A\r\u001b[Jstays\n").contains("50 %\nmore\n");
    }

    @Test
    void steps_get_a_tick_and_their_seconds_or_a_cross() throws Exception {
        StepList steps = new StepList(new PlainScreen(out));
        steps.run("one thing", () -> "done");
        steps.finished("another", Duration.ofMillis(1250));
        assertThatThrownBy(() -> steps.run("broken", () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(shown())
                .contains("✓ one thing")
                .containsPattern("✓ another +1\\.[23] s")
                .contains("✗ broken");
    }

    @Test
    void columns_of_numbers_stand_to_the_right() {
        TextTable table = new TextTable("name", "rows").row(List.of("a", "5")).row(List.of("länger", "1,000"));

        assertThat(table.lines())
                .containsExactly("    name     rows", "    ──────  ─────", "    a           5", "    länger  1,000");
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
