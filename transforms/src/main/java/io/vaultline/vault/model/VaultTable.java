package io.vaultline.vault.model;

import io.vaultline.vault.model.VaultType.Internal;
import java.util.List;
import java.util.Objects;

/**
 * A table of the vault as the mapper fills it and the loader creates it.
 *
 * @param sortingKey names of the columns that identify a row; two rows equal in them are one
 * @param keep which of several rows with one sorting key stays
 */
public record VaultTable(String name, Kind kind, List<VaultColumn> columns, List<String> sortingKey, Keep keep) {

    /** What a vault table holds. */
    public enum Kind {
        HUB,
        LINK,
        SATELLITE,
        MULTI_ACTIVE,
        STATUS,
        QUARANTINE,
        EFFECTIVITY,
        REFERENCE,
        EVENT,
        TRUNCATION
    }

    /** Which row of one sorting key stays. */
    public enum Keep {
        /** The one with the smallest commit order: hubs and links, first load wins. */
        FIRST,
        /** Any: rows of one sorting key are the same row. */
        ANY
    }

    public VaultTable {
        Objects.requireNonNull(name, "name");
        columns = List.copyOf(columns);
        sortingKey = List.copyOf(sortingKey);
    }

    /** Names of the columns that hold hashes. */
    public List<String> hashes() {
        return columns.stream()
                .filter(column -> column.type() == Internal.HASH || column.type() == Internal.WIDE_HASH)
                .map(VaultColumn::name)
                .toList();
    }
}
