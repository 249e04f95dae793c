package io.vaultline.vault.file;

import java.util.Objects;

/**
 * That keys of a hub can mean the same, as the vault model file states it.
 *
 * @param hub name of an entity with a primary key
 */
public record DeclaredSameAs(Named hub) {
    public DeclaredSameAs {
        Objects.requireNonNull(hub, "hub");
    }
}
