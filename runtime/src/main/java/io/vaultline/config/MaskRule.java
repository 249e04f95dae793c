package io.vaultline.config;

import java.util.Objects;

/**
 * What happens to the columns that a pattern names.
 *
 * @param pattern {@code namespace.collection.column}, below that the path inside of a document; {@code *} stands for
 *     anything
 */
public record MaskRule(String pattern, MaskAction action) {
    public MaskRule {
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(action, "action");
    }
}
