package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.vault.ServerTables.Existing;
import io.vaultline.clickhouse.wire.ClickHouseTypes;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.vault.hash.HashAlgorithm;
import io.vaultline.vault.model.KeyHubSpec;
import io.vaultline.vault.model.VaultColumn;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultType.Internal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Refuses tables that hold hashes by other rules than the model's: keys of the two would never meet. Tables say in their
 * comment what their columns don't: the algorithm, unless it is the standard one; and of a declared hub how a key is made.
 */
final class HashGuard {
    private static final String ALGORITHM = "hash: ";
    private static final String KEY = "key: ";
    private static final Pattern COMMENT =
            Pattern.compile("(?:" + ALGORITHM + "([^;]*))?(?:; )?(?:" + KEY + "(.*))?", Pattern.DOTALL);

    private final String database;
    private final HashAlgorithm wanted;
    private final ServerTables server;
    private final Map<String, String> keys = new HashMap<>();

    HashGuard(String database, VaultModel model, ServerTables server) {
        this.database = database;
        this.wanted = model.rules().algorithm();
        this.server = server;
        model.keyHubs().forEach(hub -> keys.put(hub.table(), key(hub)));
    }

    /** How a key of a declared hub is made: everything that its hash depends on. */
    private static String key(KeyHubSpec hub) {
        String parts = hub.key().stream()
                .map(part -> part.text().stream()
                        .map(rule -> " " + rule.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining("", part.type().toString(), "")))
                .collect(Collectors.joining(", "));
        return parts + " with collision code " + hub.collisionCode();
    }

    /** What a new table's comment must say; empty for none. */
    String comment(VaultTable table) {
        String algorithm = wanted == HashAlgorithm.SHA_256_128 ? "" : ALGORITHM + wanted.label();
        String key = keys.containsKey(table.name()) ? KEY + keys.get(table.name()) : "";
        return algorithm + (algorithm.isEmpty() || key.isEmpty() ? "" : "; ") + key;
    }

    /** @throws PipelineException {@code MODEL_INVALID} if the server has the table with other hashes */
    void check(VaultTable table) {
        if (!server.has(table.name())) {
            return;
        }
        Matcher comment = COMMENT.matcher(server.commentOn(table.name()));
        boolean says = comment.matches();
        String found = says && comment.group(1) != null ? comment.group(1) : HashAlgorithm.SHA_256_128.label();
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
        Optional.ofNullable(says ? comment.group(2) : null)
                .filter(key -> !key.equals(keys.getOrDefault(table.name(), key)))
                .ifPresent(key -> {
                    throw refusedKey(table, key);
                });
    }

    private PipelineException refused(VaultTable table, String found) {
        return new PipelineException(
                ErrorCode.MODEL_INVALID,
                "The vault holds hashes " + found + ", and the vault model asks for " + wanted.label(),
                database + "." + table.name(),
                "Take `hash` in the vault model file back to what the vault holds, or load a second vault beside it:"
                        + " see \"Changing the hash\" in docs/hash-contract.md.");
    }

    private PipelineException refusedKey(VaultTable table, String found) {
        return new PipelineException(
                ErrorCode.MODEL_INVALID,
                "The hub holds keys made of " + found + ", and the vault model makes them of " + keys.get(table.name()),
                database + "." + table.name(),
                "Take the hub's `type`, `text` and `collision-code` in the vault model file back to what it holds, or"
                        + " declare a hub of another name beside it and link to that: it is filled from Kafka.");
    }
}
