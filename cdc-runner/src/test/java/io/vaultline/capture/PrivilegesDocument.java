package io.vaultline.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements of {@code docs/privileges.md}, so that it can't say what does not work. */
final class PrivilegesDocument {
    private PrivilegesDocument() {}

    /** The lines of the first block of code in a section. */
    static List<String> statements(String section) throws IOException {
        String text = Files.readString(Path.of("..", "docs", "privileges.md"));
        Matcher block = Pattern.compile("## " + section + "\n.*?```[a-z]+\n(.*?)\n```", Pattern.DOTALL)
                .matcher(text);
        if (!block.find()) {
            throw new IllegalStateException("no statements for " + section);
        }
        return block.group(1).lines().toList();
    }
}
