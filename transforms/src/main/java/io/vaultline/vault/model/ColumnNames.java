package io.vaultline.vault.model;

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
public final class ColumnNames {
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

    private final EntitySpec entity;
    private final Map<String, String> stored;
    private final Map<String, String> shown;

    ColumnNames(EntitySpec entity) {
        this.entity = entity;
        this.shown = names(Map.of());
        this.stored = names(inDeclaredHub());
    }

    /** The columns that a declared hub holds, with their names there. */
    private Map<String, String> inDeclaredHub() {
        Map<String, String> names = new HashMap<>();
        if (entity.anchor() instanceof HubSpec hub && hub.declared().isPresent()) {
            List<HubKeyPart> key = hub.declared().get().key();
            for (int i = 0; i < key.size(); i++) {
                names.put(hub.keyColumns().get(i), key.get(i).name());
            }
        }
        return names;
    }

    private Map<String, String> names(Map<String, String> given) {
        Set<String> taken = new HashSet<>(INTERNAL);
        taken.addAll(given.values());
        taken.add(entity.anchor().hashKey());
        if (entity.anchor() instanceof LinkSpec link) {
            link.ends().forEach(end -> taken.add(end.hashKey()));
        }
        if (entity.anchor() instanceof EventSpec event) {
            event.ends().forEach(end -> taken.add(end.hashKey()));
        }
        Map<String, String> names = new HashMap<>(given);
        for (Column column : entity.schema().columns()) {
            if (!given.containsKey(column.name())) {
                String safe = VaultNames.safe(column.name());
                String name = free(safe, taken);
                taken.add(name);
                names.put(column.name(), name);
            }
        }
        return names;
    }

    /** The name, with what makes it differ from others behind it. */
    private static String free(String safe, Set<String> taken) {
        return taken.contains(safe) ? VaultNames.free(safe + SUFFIX, taken) : safe;
    }

    /** The same for a column of a set, whose table has more columns of its own. */
    public static String ofSet(String safe, Set<String> taken) {
        Set<String> all = new HashSet<>(taken);
        all.addAll(INTERNAL);
        all.addAll(List.of(VaultColumn.SUB_KEY, VaultColumn.SET_NUMBER, VaultColumn.MISFITS));
        return free(safe, all);
    }

    /** Whether the vault has columns of that name itself. */
    public static boolean isInternal(String name) {
        return INTERNAL.contains(name) || name.equals(VaultColumn.ELEMENT_NUMBER);
    }

    /** @throws IllegalArgumentException if the entity's collection has no such column */
    String of(String sourceColumn) {
        return of(stored, sourceColumn);
    }

    /** What people see: a column that a declared hub holds is called like itself. */
    String shown(String sourceColumn) {
        return of(shown, sourceColumn);
    }

    private String of(Map<String, String> names, String sourceColumn) {
        String name = names.get(sourceColumn);
        if (name == null) {
            throw new IllegalArgumentException(entity.schema().id() + " has no column " + sourceColumn);
        }
        return name;
    }
}
