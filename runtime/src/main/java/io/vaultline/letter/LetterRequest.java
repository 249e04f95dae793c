package io.vaultline.letter;

import java.util.Objects;
import java.util.Optional;

/**
 * Asks the role that refused changes to try them again, or to forget one.
 *
 * @param id of this request, unique
 * @param letter the change's id; where there is none, all are meant
 */
public record LetterRequest(String id, String source, Action action, Optional<String> letter) {
    /** What is asked for. */
    public enum Action {
        /** Tries the changes of the letter's row again, in their order. */
        REPLAY,
        /** Forgets the letter, then tries those behind it. */
        DROP
    }

    public LetterRequest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(letter, "letter");
        if (action == Action.DROP && letter.isEmpty()) {
            throw new IllegalArgumentException("a request to drop that names no letter");
        }
    }
}
