package io.vaultline.letter;

import io.vaultline.letter.LetterRequest.Action;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What people decided about a refused change, for good: should its topic be read again, the decision holds.
 *
 * @param id of the letter
 * @param action {@code DROP} or {@code FIX}
 * @param author who decided
 * @param values the values that a fix puts in place, by column; an empty one is null
 */
public record Settlement(String id, Action action, Author author, Map<String, Optional<String>> values) {
    public Settlement {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(author, "author");
        values = Map.copyOf(values);
    }

    /** What a request decides about the letter that it names. */
    public static Settlement of(DeadLetter letter, LetterRequest request) {
        return new Settlement(letter.id(), request.action(), request.author(), request.values());
    }
}
