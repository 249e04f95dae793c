package io.vaultline.vault.hash;

/**
 * What a key's text may be put through before it is hashed, where a person asks for it; by default nothing. ASCII only,
 * since engines differ in what they take for a letter or a blank beyond it.
 */
public enum TextRule {
    /** Without blanks (U+0020) at both ends. */
    TRIMMED {
        @Override
        public String apply(String text) {
            int start = 0;
            int end = text.length();
            while (start < end && text.charAt(start) == ' ') {
                start++;
            }
            while (start < end && text.charAt(end - 1) == ' ') {
                end--;
            }
            return text.substring(start, end);
        }
    },
    /** With A to Z in place of a to z. */
    UPPER {
        @Override
        public String apply(String text) {
            return shifted(text, 'a', 'A');
        }
    },
    /** With a to z in place of A to Z. */
    LOWER {
        @Override
        public String apply(String text) {
            return shifted(text, 'A', 'a');
        }
    };

    private static final int LETTERS = 26;

    /** The text as the rule leaves it. */
    public abstract String apply(String text);

    private static String shifted(String text, char from, char to) {
        StringBuilder shifted = new StringBuilder(text);
        for (int i = 0; i < shifted.length(); i++) {
            int letter = shifted.charAt(i) - from;
            if (letter >= 0 && letter < LETTERS) {
                shifted.setCharAt(i, (char) (to + letter));
            }
        }
        return shifted.toString();
    }
}
