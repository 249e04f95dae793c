package io.vaultline.letter;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks the role that refused changes to try them again, to forget one, or to put values in place of those that it refused.
 *
 * @param id of this request, unique
 * @param role that refused them
 * @param letter the change's id; where there is none, all are meant
 * @param partition the partition of the change topic that they came from, for a role that shares its work by partitions
 * @param values for a fix: the values to be put in place, as text, by column; an empty one is null
 */
public record LetterRequest(
        String id,
        String role,
        String source,
        Action action,
        Optional<String> letter,
        Optional<String> partition,
        Author author,
        Map<String, Optional<String>> values) {
    /** What is asked for. */
    public enum Action {
        /** Tries the changes of the letter's row again, in their order. */
        REPLAY,
        /** Forgets the letter, then tries those behind it. */
        DROP,
        /** Tries the letter with other values, then those behind it. */
        FIX
    }

    public LetterRequest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(letter, "letter");
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(author, "author");
        values = Map.copyOf(values);
        if (action != Action.REPLAY && letter.isEmpty()) {
            throw new IllegalArgumentException("a request to " + action + " that names no letter");
        }
        if (action == Action.FIX && values.isEmpty()) {
            throw new IllegalArgumentException("a fix without values");
        }
    }

    /** Whether it ends the letter that it names in a way that must hold should the change come again. */
    public boolean settles(DeadLetter which) {
        return action != Action.REPLAY && letter.filter(which.id()::equals).isPresent();
    }
}
