package io.vaultline.letter;

import java.util.Objects;

/**
 * Who asked for something, when and why.
 *
 * @param name a person or program; empty if nobody said
 * @param reason why, in their words; empty if they said nothing
 * @param micros when, microseconds since the epoch; 0 if unknown
 */
public record Author(String name, String reason, long micros) {
    /** Of requests that do not say. */
    public static final Author UNKNOWN = new Author("", "", 0);

    public Author {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(reason, "reason");
    }
}
