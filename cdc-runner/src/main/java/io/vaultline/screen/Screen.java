package io.vaultline.screen;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Shows lines that stay, and below them some that are replaced as things move on. For any thread. */
public interface Screen {
    /** Adds a line that stays. */
    void line(String text);

    /**
     * Replaces the moving lines.
     *
     * @param moving what is going on now; none takes them away
     * @param summary the same in one line, for screens without moving lines; shown now and then
     */
    void show(List<String> moving, String summary);

    /** The screen of this process: with moving lines if standard error is a terminal that can do it. */
    static Screen ofStandardError() {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        return Terminal.isStandardError() ? new TerminalScreen(err) : new PlainScreen(err);
    }
}
