package io.vaultline.vault;

import io.vaultline.vault.LinkSpec.Origin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Collects what refers to what, and names the links: {@code <a>_<b>} where only one link goes from a to b, else with the
 * columns behind it.
 */
final class LinkInference {
    private record Relation(EntitySpec from, String to, String hub, Origin origin, List<String> key, String by) {
        String shortName() {
            return from.name() + "_" + to;
        }

        String longName() {
            return shortName() + "_" + VaultNames.safe(by);
        }
    }

    private final Map<String, Relation> relations = new TreeMap<>();
    private final Set<String> taken = new HashSet<>();

    /** @param entities whose names and tables the links must not take */
    LinkInference(Collection<EntitySpec> entities) {
        for (EntitySpec entity : entities) {
            if (entity.anchor() instanceof LinkSpec) {
                taken.add(entity.name());
            }
            if (entity.name().endsWith(LinkSpec.EFFECTIVITY)) {
                taken.add(entity.name().substring(0, entity.name().length() - LinkSpec.EFFECTIVITY.length()));
            }
        }
    }

    void addForeignKey(EntitySpec from, EntitySpec to, List<String> columns) {
        add(new Relation(from, to.name(), to.anchor().name(), Origin.FOREIGN_KEY, columns, String.join("_", columns)));
    }

    /**
     * @param to name of the entity or declared hub
     * @param hub name of the hub
     */
    void addDocumentId(EntitySpec from, String to, String hub, List<String> paths) {
        String by = paths.stream().map(path -> DocumentPath.parse(path).name()).collect(Collectors.joining("_"));
        add(new Relation(from, to, hub, Origin.DOCUMENT_ID, paths, by));
    }

    /** A foreign key says it better than a file that names the same column. */
    private void add(Relation relation) {
        String identity = String.join("\0", relation.from.name(), relation.to, relation.key.toString());
        relations.putIfAbsent(identity, relation);
    }

    List<LinkSpec> links() {
        Map<String, Integer> uses = new HashMap<>();
        relations.values().forEach(relation -> uses.merge(relation.shortName(), 1, Integer::sum));
        taken.forEach(name -> uses.merge(name, 1, Integer::sum));
        List<LinkSpec> links = new ArrayList<>();
        for (Relation relation : relations.values()) {
            boolean alone = uses.getOrDefault(relation.shortName(), 0) == 1;
            String name =
                    VaultNames.free(VaultNames.fitting(alone ? relation.shortName() : relation.longName()), taken);
            taken.add(name);
            links.add(link(name, relation));
        }
        return links;
    }

    private static LinkSpec link(String name, Relation relation) {
        EntitySpec from = relation.from;
        String hub = from.anchor().name();
        String driving = VaultNames.free(hub, Set.of(name));
        String role = hub.equals(relation.hub) ? VaultNames.safe(relation.by) : relation.hub;
        String free = VaultNames.free(role, new HashSet<>(List.of(driving, name)));
        return new LinkSpec(
                name,
                from.schema().id(),
                relation.origin,
                List.of(
                        new LinkEnd(driving, hub, from.anchor().keyColumns()),
                        new LinkEnd(free, relation.hub, relation.key)),
                List.of());
    }
}
