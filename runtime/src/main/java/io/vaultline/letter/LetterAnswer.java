package io.vaultline.letter;

import java.util.Objects;

/**
 * What came of a request; durable together with it.
 *
 * @param done whether it was carried out; else it could not be
 * @param delivered changes that were delivered, 0 or more
 * @param waiting changes that were meant and wait on
 * @param text why it was not carried out, or why what was tried was refused once more; else empty
 */
public record LetterAnswer(boolean done, long delivered, long waiting, String text) {
    public LetterAnswer {
        Objects.requireNonNull(text, "text");
    }

    /** It can't be carried out. */
    public static LetterAnswer refused(String why) {
        return new LetterAnswer(false, 0, 0, why);
    }
}
