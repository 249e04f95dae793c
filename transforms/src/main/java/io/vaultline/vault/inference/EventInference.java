package io.vaultline.vault.inference;

import io.vaultline.event.CollectionSchema;
import io.vaultline.vault.file.DeclaredEnd;
import io.vaultline.vault.file.DocumentLink;
import io.vaultline.vault.file.Named;
import io.vaultline.vault.model.ComputedSpec;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.EventSpec;
import io.vaultline.vault.model.LinkEnd;
import io.vaultline.vault.model.SatelliteSpec;
import io.vaultline.vault.model.SatelliteSpec.Kind;
import io.vaultline.vault.model.VaultNames;
import io.vaultline.vault.value.DocumentPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts a link of events together: from the foreign keys of its collection, and from what the file says of it. */
final class EventInference {
    /**
     * @param columns of a foreign key, or paths
     * @param isReference whether a foreign key says so
     */
    private record End(String hub, List<String> columns, Optional<String> role, boolean isReference) {}

    private final String name;
    private final CollectionSchema schema;
    private final List<End> ends = new ArrayList<>();

    EventInference(String name, CollectionSchema schema) {
        this.name = name;
        this.schema = schema;
    }

    void addForeignKey(List<String> columns, String hub) {
        ends.add(new End(hub, columns, Optional.empty(), true));
    }

    /** Where the file names the columns of a foreign key, it is that end, with the file's role. */
    void addDeclared(DeclaredEnd declared, String hub) {
        Optional<String> role = declared.role().map(Named::name);
        for (int i = 0; i < ends.size(); i++) {
            End end = ends.get(i);
            if (end.hub.equals(hub) && end.columns.equals(declared.paths())) {
                ends.set(i, new End(hub, end.columns, role.or(end::role), end.isReference));
                return;
            }
        }
        ends.add(new End(hub, declared.paths(), role, false));
    }

    /** Whether an event can have the ends that a statement names: one value each, and nothing beside them. */
    static boolean isEnds(DocumentLink link) {
        return link.name().isEmpty()
                && link.degenerate().isEmpty()
                && link.attributes().isEmpty()
                && link.ends().stream()
                        .flatMap(end -> end.paths().stream())
                        .allMatch(path -> DocumentPath.parse(path).depth() == 0);
    }

    /** @param key columns that tell events apart */
    EntitySpec entity(List<String> key, List<String> columns, List<ComputedSpec> computed) {
        Set<String> taken = new HashSet<>(Set.of(name));
        List<LinkEnd> references = named(ends.stream().filter(End::isReference), taken);
        List<LinkEnd> named = named(ends.stream().filter(end -> !end.isReference), taken);
        return new EntitySpec(
                name,
                schema,
                new EventSpec(name, schema.id(), key, references, named),
                List.of(new SatelliteSpec(name, columns, Kind.EVENT)),
                List.of(),
                false,
                computed);
    }

    private List<LinkEnd> named(Stream<End> some, Set<String> taken) {
        return some.map(end -> {
                    String role = role(end, taken);
                    taken.add(role);
                    return new LinkEnd(role, end.hub, end.columns);
                })
                .toList();
    }

    private String role(End end, Set<String> taken) {
        Optional<String> declared = end.role.filter(role -> !taken.contains(role));
        if (declared.isPresent()) {
            return declared.get();
        }
        boolean once = ends.stream().filter(other -> other.hub.equals(end.hub)).count() == 1;
        String by = end.columns.stream()
                .map(column ->
                        end.isReference ? column : DocumentPath.parse(column).name())
                .collect(Collectors.joining("_"));
        return VaultNames.free(once ? end.hub : VaultNames.safe(by), taken);
    }
}
