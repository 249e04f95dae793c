package io.vaultline.vault.inference;

import io.vaultline.event.CollectionId;
import io.vaultline.vault.model.VaultNames;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What entities are called: like their collection, with the namespace in front of all that would be called the same,
 * then the source too, and a number behind if even that is not enough.
 */
final class EntityNames {
    private EntityNames() {}

    /** Names of the collections, in the collections' own order, whatever order they are given in. */
    static Map<CollectionId, String> of(Collection<CollectionId> collections) {
        Map<CollectionId, Integer> parts = new LinkedHashMap<>();
        new TreeSet<>(collections).forEach(id -> parts.put(id, 1));
        Set<CollectionId> alike = alike(parts);
        while (!alike.isEmpty()) {
            alike.forEach(id -> parts.merge(id, 1, Integer::sum));
            alike = alike(parts);
        }
        Map<CollectionId, String> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        parts.forEach((id, count) -> {
            String name = VaultNames.free(name(id, count), taken);
            taken.add(name);
            names.put(id, name);
        });
        return names;
    }

    /** Collections whose name is not theirs alone, and can still be made longer. */
    private static Set<CollectionId> alike(Map<CollectionId, Integer> parts) {
        Map<String, List<CollectionId>> byName =
                parts.keySet().stream().collect(Collectors.groupingBy(id -> name(id, parts.getOrDefault(id, 1))));
        return byName.values().stream()
                .filter(ids -> ids.size() > 1)
                .flatMap(List::stream)
                .filter(id -> parts.getOrDefault(id, 1) < 3)
                .collect(Collectors.toSet());
    }

    private static String name(CollectionId id, int parts) {
        String name = id.name();
        if (parts > 1) {
            name = id.namespace() + "_" + name;
        }
        return VaultNames.fitting(VaultNames.safe(parts > 2 ? id.source() + "_" + name : name));
    }
}
