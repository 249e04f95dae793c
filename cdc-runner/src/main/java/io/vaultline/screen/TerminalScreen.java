package io.vaultline.screen;

import java.io.PrintStream;
import java.util.List;

/** For terminals: the moving lines stand at the bottom and are drawn over. */
final class TerminalScreen implements Screen {
    private static final String ESCAPE = "\u001b[";
    private static final String ERASE_BELOW = ESCAPE + "J";
    /** Lines that are too long are cut off by the terminal, so that the count of lines stays right. */
    private static final String NO_WRAP = ESCAPE + "?7l";

    private static final String WRAP = ESCAPE + "?7h";

    private final PrintStream out;
    private List<String> moving = List.of();

    TerminalScreen(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void line(String text) {
        draw(text + "\n", moving);
    }

    @Override
    public synchronized void show(List<String> lines, String summary) {
        if (!lines.equals(moving)) {
            draw("", lines);
        }
    }

    private void draw(String staying, List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (!moving.isEmpty()) {
            text.append(ESCAPE).append(moving.size()).append("A\r");
        }
        text.append(ERASE_BELOW).append(staying).append(NO_WRAP);
        lines.forEach(line -> text.append(line).append('\n'));
        out.print(text.append(WRAP));
        out.flush();
        moving = List.copyOf(lines);
    }
}
