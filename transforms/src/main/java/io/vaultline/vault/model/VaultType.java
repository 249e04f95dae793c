package io.vaultline.vault.model;

import io.vaultline.event.DataType;

/** The type of a vault column; the loader decides how ClickHouse stores it. */
public sealed interface VaultType {

    /** A value of the source. */
    record SourceValue(DataType type) implements VaultType {}

    /** Types of the vault's own columns; the class of their values in brackets. */
    enum Internal implements VaultType {
        /** {@code byte[16]}: hash key or hash difference. */
        HASH,
        /** {@code byte[32]}: the same by an algorithm of 32 bytes. */
        WIDE_HASH,
        /** {@code byte[]}: the parts of a natural key. */
        NATURAL_KEY,
        /** {@link Long}: microseconds since the epoch. */
        LOAD_TIMESTAMP,
        /** {@link String} with few distinct values. */
        SYMBOL,
        /** {@link Long}, not negative: commit position or ordinal. */
        ORDER,
        /** {@link Boolean}. */
        FLAG,
        /** {@code List<String>}: names of columns. */
        NAMES
    }
}
