package io.vaultline.cli;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.letter.Author;
import io.vaultline.letter.DeadLetter;
import io.vaultline.letter.LetterRequest;
import io.vaultline.letter.LetterRequest.Action;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who holds letters and can be asked about them.
 *
 * @param partition of a change topic, for a role that shares its work by partitions
 */
record LetterTarget(String role, String source, Optional<String> partition) {

    private static LetterTarget of(DeadLetter letter) {
        return new LetterTarget(
                letter.role(),
                letter.collection().source(),
                letter.place().map(place -> place.topic() + "-" + place.partition()));
    }

    /**
     * Who holds the letters.
     *
     * @param id of the one that is meant; null for all
     * @throws PipelineException if no letter has this id
     */
    static List<LetterTarget> of(List<DeadLetter> letters, @Nullable String id) {
        List<LetterTarget> targets = letters.stream()
                .filter(letter -> id == null || letter.id().equals(id))
                .map(LetterTarget::of)
                .distinct()
                .sorted(Comparator.comparing(LetterTarget::toString))
                .toList();
        if (targets.isEmpty() && id != null) {
            throw unknown(id);
        }
        return targets;
    }

    static PipelineException unknown(String id) {
        return new PipelineException(
                ErrorCode.CONFIG_INVALID,
                "No change with this id waits",
                "ID " + id,
                "Take an id from 'dlq list'; a change that was delivered or dropped is no longer there.");
    }

    LetterRequest request(Action action, Optional<String> letter, Author author, Map<String, Optional<String>> values) {
        return new LetterRequest(UUID.randomUUID().toString(), role, source, action, letter, partition, author, values);
    }

    /** For people. */
    String holder() {
        return "the " + role + " of " + partition.orElse(source);
    }
}
