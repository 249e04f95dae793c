package io.vaultline.infer;

import java.util.List;
import java.util.Objects;

/**
 * Multi-active satellites that sampled rows of one collection suggest.
 *
 * @param arrays paths of the arrays that they hold the elements of
 * @param statement of the vault model file, in flow style
 * @param reason what was seen, without values
 */
public record SetProposal(String entity, List<String> arrays, String statement, String reason) {
    public SetProposal {
        Objects.requireNonNull(entity, "entity");
        arrays = List.copyOf(arrays);
        Objects.requireNonNull(statement, "statement");
        Objects.requireNonNull(reason, "reason");
    }
}
