package io.vaultline.screen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether a person watches. */
final class Terminal {
    private Terminal() {}

    /** Whether standard error is a terminal that understands cursor movements; Java itself can't tell. */
    static boolean isStandardError() {
        String kind = System.getenv().getOrDefault("TERM", "dumb");
        if (kind.equals("dumb") || System.getenv().containsKey("NO_COLOR")) {
            return false;
        }
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException e) {
            // No such thing as /proc on this system: lines that stay are never wrong.
            return false;
        }
    }
}
