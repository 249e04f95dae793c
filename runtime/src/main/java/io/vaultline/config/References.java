package io.vaultline.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts in what a value refers to: <code>${env:NAME}</code> an environment variable, <code>${file:path}</code> a file's
 * text without its last line break. A doubled dollar sign (<code>$${</code>) stands for itself.
 */
final class References {
    /** A reference that leads nowhere; the message names it, never what it holds. */
    static final class Unresolved extends Exception {
        private static final long serialVersionUID = 1L;

        Unresolved(String message) {
            super(message);
        }
    }

    private static final Pattern REFERENCE = Pattern.compile("(\\$?)\\$\\{([a-z]+):([^}]*)\\}");
    private static final long MAX_FILE_BYTES = 1_000_000;

    private final Map<String, String> environment;
    private final Path directory;

    /** @param directory the folder that relative paths start from */
    References(Map<String, String> environment, Path directory) {
        this.environment = Map.copyOf(environment);
        this.directory = directory;
    }

    String resolve(String text) throws Unresolved {
        Matcher reference = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (reference.find()) {
            boolean literal = !reference.group(1).isEmpty();
            String value = literal ? reference.group().substring(1) : lookUp(reference.group(2), reference.group(3));
            reference.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return reference.appendTail(resolved).toString();
    }

    /** A text that resolves to the given one, whatever it holds. */
    static String escape(String literal) {
        return REFERENCE.matcher(literal).replaceAll(found -> Matcher.quoteReplacement(doubled(found)));
    }

    private static String doubled(MatchResult found) {
        return found.group(1) + "$" + found.group().substring(found.group(1).length());
    }

    private String lookUp(String kind, String name) throws Unresolved {
        return switch (kind) {
            case "env" -> environmentVariable(name);
            case "file" -> fileText(name);
            default ->
                throw new Unresolved("\"${" + kind + ":…}\" is no reference; there are ${env:NAME} and ${file:path}");
        };
    }

    private String environmentVariable(String name) throws Unresolved {
        String value = environment.get(name);
        if (value == null) {
            throw new Unresolved("the environment variable " + name + " is not set");
        }
        return value;
    }

    private String fileText(String name) throws Unresolved {
        try {
            Path file = directory.resolve(name);
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new Unresolved("the file " + name + " is larger than " + MAX_FILE_BYTES + " bytes");
            }
            return Files.readString(file).replaceFirst("\\R\\z", "");
        } catch (IOException | InvalidPathException e) {
            throw new Unresolved(
                    "the file " + name + " can't be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
