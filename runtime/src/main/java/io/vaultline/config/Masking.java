package io.vaultline.config;

import java.util.List;
import java.util.Objects;

/**
 * What is masked before it leaves a source.
 *
 * @param rules the first that matches a column decides
 * @param secret the key of hashes; empty if there are none
 */
public record Masking(List<MaskRule> rules, Secret secret) {
    public Masking {
        rules = List.copyOf(rules);
        Objects.requireNonNull(secret, "secret");
    }

    /** Nothing is masked. */
    public static Masking none() {
        return new Masking(List.of(), new Secret(""));
    }
}
