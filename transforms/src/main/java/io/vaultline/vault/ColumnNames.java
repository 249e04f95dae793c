package io.vaultline.vault;

import io.vaultline.event.Column;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the columns of an entity are called in its vault tables: their safe name, with {@code _src} behind it where the
 * vault has a column of that name itself or an earlier column took it. A column that the source adds behind the others
 * leaves their names as they are.
 */
final class ColumnNames {
    private static final String SUFFIX = "_src";
    private static final List<String> INTERNAL = List.of(
            VaultColumn.HASHDIFF,
            VaultColumn.LOAD_TS,
            VaultColumn.RECORD_SOURCE,
            VaultColumn.COMMIT_POSITION,
            VaultColumn.COMMIT_ORDINAL,
            VaultColumn.DELETED,
            VaultColumn.UNAVAILABLE,
            VaultColumn.MOVED_FROM);

    private final Map<String, String> bySource = new HashMap<>();
    private final EntitySpec entity;

    ColumnNames(EntitySpec entity) {
        this.entity = entity;
        Set<String> taken = new HashSet<>(INTERNAL);
        taken.add(entity.anchor().hashKey());
        if (entity.anchor() instanceof LinkSpec link) {
            link.ends().forEach(end -> taken.add(end.hashKey()));
        }
        for (Column column : entity.schema().columns()) {
            String safe = VaultNames.safe(column.name());
            String name = taken.contains(safe) ? VaultNames.free(safe + SUFFIX, taken) : safe;
            taken.add(name);
            bySource.put(column.name(), name);
        }
    }

    /** Whether the vault has columns of that name itself. */
    static boolean isInternal(String name) {
        return INTERNAL.contains(name);
    }

    /** @throws IllegalArgumentException if the entity's collection has no such column */
    String of(String sourceColumn) {
        String name = bySource.get(sourceColumn);
        if (name == null) {
            throw new IllegalArgumentException(entity.schema().id() + " has no column " + sourceColumn);
        }
        return name;
    }
}
