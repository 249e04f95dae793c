package io.vaultline.capture.mongo;

/** Writes commands for {@code mongosh}. */
final class Mongosh {
    private Mongosh() {}

    static String command(String database, String command) {
        return "db.getSiblingDB(" + text(database) + ").runCommand(" + command + ")";
    }

    /** A text in double quotes. */
    static String text(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
