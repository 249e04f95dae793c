package io.vaultline.kafka;

/** Writes words for a shell. */
final class Shell {
    private Shell() {}

    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
