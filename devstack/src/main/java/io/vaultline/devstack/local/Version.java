package io.vaultline.devstack.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the version of a program that the machine has. */
final class Version {
    private static final Pattern NUMBER = Pattern.compile("(\\d+)\\.\\d+");
    private static final int LIMIT_SECONDS = 10;

    private Version() {}

    /** The major version that the program says it has, or 0 if it says none. */
    static int major(Path program, String... arguments) {
        try {
            List<String> line = new ArrayList<>(List.of(program.toString()));
            line.addAll(List.of(arguments));
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Matcher number = NUMBER.matcher(text);
            return number.find() ? Integer.parseInt(number.group(1)) : 0;
        } catch (IOException e) {
            return 0; // a program that can't be run is none that we could use
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
