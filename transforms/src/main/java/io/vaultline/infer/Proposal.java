package io.vaultline.infer;

import io.vaultline.vault.file.DeclaredHub;
import io.vaultline.vault.file.DocumentLink;
import java.util.Objects;
import java.util.Optional;

/**
 * A link that sampled rows suggest.
 *
 * @param hub that it leads to, where no hub of the model has that business key
 * @param confidence from 0 to 1
 * @param reason what was seen, without values
 */
public record Proposal(Optional<DeclaredHub> hub, DocumentLink link, double confidence, String reason) {
    /** From here on a proposal is part of the model unless the user takes it out; below, the user has to put it in. */
    public static final double SURE = 0.8;

    public Proposal {
        Objects.requireNonNull(hub, "hub");
        Objects.requireNonNull(link, "link");
        Objects.requireNonNull(reason, "reason");
    }

    boolean isSure() {
        return confidence >= SURE;
    }
}
