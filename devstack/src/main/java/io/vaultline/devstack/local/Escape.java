package io.vaultline.devstack.local;

import java.util.stream.Collectors;

/** Puts text, such as a path, into settings files whose format has special characters. */
final class Escape {
    private Escape() {}

    /** For a Java properties file, which is read as Latin-1. */
    static String properties(String text) {
        return text.chars()
                .mapToObj(c -> c > '~' || c == '\\' ? "\\u%04x".formatted(c) : Character.toString(c))
                .collect(Collectors.joining());
    }

    /** For the text of an XML element. */
    static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
