package io.vaultline.vault;

import io.vaultline.vault.model.VaultTable;
import org.jspecify.annotations.Nullable;

/** Takes the rows that the mapper makes of a change. */
@FunctionalInterface
public interface VaultRowSink {
    /**
     * @param values one for each column of the table, of the class that its type names
     */
    void add(VaultTable table, @Nullable Object... values);
}
