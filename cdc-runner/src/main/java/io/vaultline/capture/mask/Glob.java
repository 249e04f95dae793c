package io.vaultline.capture.mask;

import java.util.regex.Pattern;

/** A pattern of names in which {@code *} stands for any characters, also for dots and for none; case-sensitive. */
public final class Glob {
    private final String text;
    private final Pattern pattern;

    public Glob(String text) {
        this.text = text;
        this.pattern = compiled(text);
    }

    private static Pattern compiled(String text) {
        StringBuilder regex = new StringBuilder();
        for (String literal : text.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** Whether the whole name fits. */
    public boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    /** Whether a name that begins with this one and a dot, and goes on, could fit. */
    boolean canMatchBelow(String name) {
        String parent = name + ".";
        return isBelow(name) || (text.indexOf('*') >= 0 && parent.startsWith(fixed()));
    }

    /** Whether each name that fits begins with this one and a dot. */
    boolean isBelow(String name) {
        return fixed().startsWith(name + ".");
    }

    private String fixed() {
        int star = text.indexOf('*');
        return star < 0 ? text : text.substring(0, star);
    }

    @Override
    public String toString() {
        return text;
    }
}
