package io.vaultline.vault.model;

import io.vaultline.vault.hash.HashContract;
import java.util.HexFormat;
import java.util.Set;

/** Makes names that every store takes unquoted and unchanged. */
public final class VaultNames {
    /** ClickHouse makes file names of names, of 255 letters at most, together with its own and those of databases. */
    private static final int LONGEST = 120;

    private static final int DIGEST_BYTES = 5;

    private VaultNames() {}

    /**
     * A name in lower case in which everything but {@code a-z}, {@code 0-9} and {@code _} is {@code _}; one that would
     * start with a digit, or be empty, gets {@code _} in front. Different names can become the same.
     */
    public static String safe(String name) {
        StringBuilder safe = new StringBuilder(name.length() + 1);
        name.codePoints().forEach(c -> safe.append(safe(c)));
        if (safe.isEmpty() || Character.isDigit(safe.charAt(0))) {
            safe.insert(0, '_');
        }
        return safe.toString();
    }

    private static char safe(int codePoint) {
        if (codePoint >= 'A' && codePoint <= 'Z') {
            return (char) (codePoint - 'A' + 'a');
        }
        boolean kept = (codePoint >= 'a' && codePoint <= 'z') || (codePoint >= '0' && codePoint <= '9');
        return kept ? (char) codePoint : '_';
    }

    /**
     * A name that every store takes with what we put in front and behind: one of more than {@value LONGEST} letters is
     * cut, and ends with a digest of the whole.
     */
    public static String fitting(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        String digest = HexFormat.of().formatHex(new HashContract().text(name).hash(), 0, DIGEST_BYTES);
        return name.substring(0, LONGEST - digest.length() - 1) + "_" + digest;
    }

    /** The name if it is free, else the first of {@code <name>_2}, {@code <name>_3}, ... that is. */
    public static String free(String name, Set<String> taken) {
        String candidate = name;
        for (int n = 2; taken.contains(candidate); n++) {
            candidate = name + "_" + n;
        }
        return candidate;
    }
}
