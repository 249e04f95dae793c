package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.vault.ServerTables.Existing;
import io.vaultline.clickhouse.wire.ClickHouseTypes;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.vault.hash.HashAlgorithm;
import io.vaultline.vault.model.VaultColumn;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultType.Internal;

/**
 * Refuses tables that hold hashes by another algorithm than the model's: keys of the two would never meet. Tables say
 * theirs in their comment, and those without one have the standard algorithm; columns say how long a hash is.
 */
final class HashGuard {
    private static final String COMMENT = "hash: ";

    private final String database;
    private final HashAlgorithm wanted;
    private final ServerTables server;

    HashGuard(String database, HashAlgorithm wanted, ServerTables server) {
        this.database = database;
        this.wanted = wanted;
        this.server = server;
    }

    /** What a new table's comment must say; empty for the standard algorithm. */
    String comment() {
        return wanted == HashAlgorithm.SHA_256_128 ? "" : COMMENT + wanted.label();
    }

    /** @throws PipelineException {@code MODEL_INVALID} if the server has the table with other hashes */
    void check(VaultTable table) {
        if (!server.has(table.name())) {
            return;
        }
        String comment = server.commentOn(table.name());
        String found =
                comment.startsWith(COMMENT) ? comment.substring(COMMENT.length()) : HashAlgorithm.SHA_256_128.label();
        if (!found.equals(wanted.label())) {
            throw refused(table, "by " + found);
        }
        for (VaultColumn column : table.columns()) {
            Existing existing = server.columnsOf(table.name()).get(column.name());
            boolean isHash = column.type() == Internal.HASH || column.type() == Internal.WIDE_HASH;
            if (isHash && existing != null && !existing.type().contains(ClickHouseTypes.name(column.type(), false))) {
                throw refused(table, "in " + column.name() + ' ' + existing.type());
            }
        }
    }

    private PipelineException refused(VaultTable table, String found) {
        return new PipelineException(
                ErrorCode.MODEL_INVALID,
                "The vault holds hashes " + found + ", and the vault model asks for " + wanted.label(),
                database + "." + table.name(),
                "Take `hash` in the vault model file back to what the vault holds, or load a second vault beside it:"
                        + " see \"Changing the hash\" in docs/hash-contract.md.");
    }
}
