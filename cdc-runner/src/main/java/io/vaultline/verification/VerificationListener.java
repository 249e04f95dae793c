package io.vaultline.verification;

import io.vaultline.event.CollectionId;

/** Hears how a verification goes on. What it throws ends the verification. */
public interface VerificationListener {
    /** The stores are not there yet, for a reason such as {@code waiting for the vault: 1,240 changes behind}. */
    void waiting(String reason);

    /** The sources aren't captured now, so what is compared may be old; a sentence for people. */
    void standing(String note);

    /** All stores have everything; the collection is compared now. */
    void comparing(CollectionId collection);
}
