package io.vaultline.vault.file;

import java.util.Objects;

/** A name, and where it stands in the vault model file. */
public record Named(String name, Place where) {
    public Named {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(where, "where");
    }

    @Override
    public String toString() {
        return name;
    }
}
