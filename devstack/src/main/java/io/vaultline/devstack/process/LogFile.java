package io.vaultline.devstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The log of one server: a new one at each start, beside that of the start before. */
public record LogFile(Path path) {
    private static final int TAIL_LINES = 5;
    private static final int LINE_LENGTH = 300;

    /** Puts the previous log aside. */
    public void rotate() {
        try {
            if (Files.exists(path)) {
                Files.move(
                        path,
                        path.resolveSibling(path.getFileName() + ".previous"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the log holds the text yet. */
    public boolean contains(String text) throws IOException {
        return read().contains(text);
    }

    /** The last lines, shortened, on one line. */
    public String tail() {
        try {
            List<String> lines = read().lines().filter(line -> !line.isBlank()).toList();
            return String.join(
                    " | ",
                    lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
                            .map(line -> line.length() > LINE_LENGTH ? line.substring(0, LINE_LENGTH) : line)
                            .toList());
        } catch (IOException e) {
            return "its log can't be read: " + e;
        }
    }

    private String read() throws IOException {
        return Files.exists(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
    }
}
