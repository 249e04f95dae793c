package io.vaultline.vault.inference;

import io.vaultline.vault.file.DeclaredColumn;
import io.vaultline.vault.file.DeclaredEnd;
import io.vaultline.vault.file.DocumentLink;
import io.vaultline.vault.file.Named;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.EventSpec;
import io.vaultline.vault.model.LinkColumn;
import io.vaultline.vault.model.LinkEnd;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.LinkSpec.Origin;
import io.vaultline.vault.model.VaultNames;
import io.vaultline.vault.value.DocumentPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Collects what refers to what, and names the links: as the vault file says, or {@code <a>_<b>} where only one link goes
 * from a to b, else with the columns behind it.
 */
final class LinkInference {
    /**
     * @param to name of the entity or declared hub
     * @param hub name of the hub
     */
    private record End(String to, String hub, List<String> key, Optional<String> role) {}

    /** @param declared what the file says of it beside its ends */
    private record Relation(
            EntitySpec from, List<End> ends, Origin origin, String by, Optional<DocumentLink> declared) {
        String shortName() {
            return from.name() + "_" + ends.stream().map(End::to).collect(Collectors.joining("_"));
        }

        String longName() {
            return shortName() + "_" + VaultNames.safe(by);
        }

        Optional<String> declaredName() {
            return declared.flatMap(DocumentLink::name).map(Named::name);
        }

        boolean hasSatellite() {
            return declared.isPresent() && !declared.get().attributes().isEmpty();
        }

        /** The same with what the file says of it. */
        Relation with(Relation stated) {
            List<End> ends = declared.isPresent() ? this.ends : stated.ends;
            return new Relation(from, ends, origin, by, declared.or(() -> stated.declared));
        }
    }

    private final Map<String, Relation> relations = new TreeMap<>();
    /** Names that links can't have. */
    private final Set<String> taken = new HashSet<>();
    /** Names of satellites, which links that have one can't have either. */
    private final Set<String> satellites = new HashSet<>();

    private final Set<String> entities = new HashSet<>();

    /** @param entities whose names and tables the links must not take */
    LinkInference(Collection<EntitySpec> entities) {
        for (EntitySpec entity : entities) {
            this.entities.add(entity.name());
            if (entity.anchor() instanceof LinkSpec || entity.anchor() instanceof EventSpec) {
                taken.add(entity.name());
            }
            if (entity.name().endsWith(LinkSpec.EFFECTIVITY)) {
                taken.add(entity.name().substring(0, entity.name().length() - LinkSpec.EFFECTIVITY.length()));
            }
            entity.satellites().forEach(satellite -> satellites.add(satellite.name()));
        }
    }

    void addForeignKey(EntitySpec from, EntitySpec to, List<String> columns) {
        List<End> ends = List.of(new End(to.name(), to.anchor().name(), columns, Optional.empty()));
        add(new Relation(from, ends, Origin.FOREIGN_KEY, String.join("_", columns), Optional.empty()));
    }

    /** @param hubs names of the hubs that the ends are, in their order */
    void addDeclared(EntitySpec from, DocumentLink link, List<String> hubs) {
        List<End> ends = new ArrayList<>();
        for (int i = 0; i < hubs.size(); i++) {
            DeclaredEnd end = link.ends().get(i);
            ends.add(new End(
                    end.to().name(), hubs.get(i), end.paths(), end.role().map(Named::name)));
        }
        String by = ends.stream()
                .flatMap(end -> end.key.stream())
                .map(path -> DocumentPath.parse(path).name())
                .collect(Collectors.joining("_"));
        add(new Relation(from, ends, Origin.DOCUMENT_ID, by, Optional.of(link)));
    }

    /** Where the file names the columns of a foreign key, it is that link, with what the file says of it. */
    private void add(Relation relation) {
        String identity = relation.from.name() + "\0"
                + relation.ends.stream().map(end -> end.to + "\0" + end.key).collect(Collectors.joining("\0"));
        relations.merge(identity, relation, Relation::with);
    }

    /** A name that the file gives a link changes no other link's name. */
    List<LinkSpec> links() {
        Map<String, Integer> uses = new HashMap<>();
        relations.values().forEach(relation -> uses.merge(relation.shortName(), 1, Integer::sum));
        taken.forEach(name -> uses.merge(name, 1, Integer::sum));
        Map<Relation, String> names = new HashMap<>();
        for (Relation relation : relations.values()) {
            boolean alone = uses.getOrDefault(relation.shortName(), 0) == 1;
            String name = free(VaultNames.fitting(alone ? relation.shortName() : relation.longName()), relation);
            taken.add(name);
            names.put(relation, name);
        }
        List<LinkSpec> links = new ArrayList<>();
        for (Relation relation : relations.values()) {
            String inferred = names.getOrDefault(relation, relation.longName());
            links.add(link(declaredName(relation, inferred).orElse(inferred), relation));
        }
        return links;
    }

    private String free(String name, Relation relation) {
        Set<String> all = new HashSet<>(taken);
        if (relation.hasSatellite()) {
            all.addAll(satellites);
        }
        return VaultNames.free(name, all);
    }

    private Optional<String> declaredName(Relation relation, String inferred) {
        Optional<String> name = relation.declaredName()
                .filter(declared -> !entities.contains(declared))
                .filter(declared -> !satellites.contains(declared + LinkSpec.EFFECTIVITY))
                .filter(declared ->
                        declared.equals(inferred) || free(declared, relation).equals(declared));
        name.ifPresent(taken::add);
        return name;
    }

    private static LinkSpec link(String name, Relation relation) {
        EntitySpec from = relation.from;
        String hub = from.anchor().name();
        String driving = VaultNames.free(hub, Set.of(name));
        List<LinkEnd> ends = new ArrayList<>();
        ends.add(new LinkEnd(driving, hub, from.anchor().keyColumns()));
        Set<String> roles = new HashSet<>(List.of(driving, name));
        for (End end : relation.ends) {
            String role = role(end, hub, relation, roles);
            roles.add(role);
            ends.add(new LinkEnd(role, end.hub, end.key));
        }
        return new LinkSpec(
                name,
                from.schema().id(),
                relation.origin,
                ends,
                List.of(),
                columns(relation, relation.declared.map(DocumentLink::degenerate)),
                columns(relation, relation.declared.map(DocumentLink::attributes)));
    }

    private static String role(End end, String drivingHub, Relation relation, Set<String> taken) {
        Optional<String> declared = end.role.filter(role -> !taken.contains(role));
        if (declared.isPresent()) {
            return declared.get();
        }
        boolean once = relation.ends.stream()
                        .filter(other -> other.hub.equals(end.hub))
                        .count()
                == 1;
        if (once && !drivingHub.equals(end.hub)) {
            return VaultNames.free(end.hub, taken);
        }
        String by = relation.ends.size() == 1
                ? relation.by
                : end.key.stream().map(path -> DocumentPath.parse(path).name()).collect(Collectors.joining("_"));
        return VaultNames.free(VaultNames.safe(by), taken);
    }

    private static List<LinkColumn> columns(Relation relation, Optional<List<DeclaredColumn>> declared) {
        return declared.orElse(List.of()).stream()
                .map(column -> column.in(relation.from.schema()))
                .toList();
    }
}
