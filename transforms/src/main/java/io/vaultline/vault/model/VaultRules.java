package io.vaultline.vault.model;

import io.vaultline.vault.hash.HashAlgorithm;
import java.util.Objects;

/**
 * What holds for a whole vault.
 *
 * @param algorithm of every hash key and hash difference
 * @param ghostRecords whether each hub, link and satellite has a row for the key of zeros
 */
public record VaultRules(HashAlgorithm algorithm, boolean ghostRecords) {
    /** Those of a vault of which nobody says otherwise. */
    public static final VaultRules STANDARD = new VaultRules(HashAlgorithm.SHA_256_128, false);

    public VaultRules {
        Objects.requireNonNull(algorithm, "algorithm");
    }
}
