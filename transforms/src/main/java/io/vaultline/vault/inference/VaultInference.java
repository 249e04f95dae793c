package io.vaultline.vault.inference;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.vault.file.DeclaredEnd;
import io.vaultline.vault.file.DeclaredEntity;
import io.vaultline.vault.file.DeclaredHub;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.DeclaredSameAs;
import io.vaultline.vault.file.DeclaredSatellite;
import io.vaultline.vault.file.DocumentLink;
import io.vaultline.vault.file.SharedHub;
import io.vaultline.vault.model.AnchorSpec;
import io.vaultline.vault.model.ComputedSpec;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.HubSpec;
import io.vaultline.vault.model.KeyHubSpec;
import io.vaultline.vault.model.LinkEnd;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.LinkSpec.Origin;
import io.vaultline.vault.model.MergesSpec;
import io.vaultline.vault.model.MultiActiveSpec;
import io.vaultline.vault.model.QuarantineSpec;
import io.vaultline.vault.model.ReferenceSpec;
import io.vaultline.vault.model.SameAsSpec;
import io.vaultline.vault.model.SatelliteSpec;
import io.vaultline.vault.model.SatelliteSpec.Kind;
import io.vaultline.vault.model.SetSpec;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Infers a vault from what the sources say of themselves.
 *
 * <ul>
 *   <li>A hub for each collection, with its primary key as the business key, or all columns where there is none.
 *   <li>A link in place of the hub for a table whose primary key is made of two or more foreign keys to other hubs. Its
 *       foreign keys beside the key get no link.
 *   <li>A link for each foreign key of a hub that holds the whole primary key of another hub, and for each id in
 *       documents that the vault file names.
 *   <li>A table of codes, or of events, as the vault file says: one table in place of hub, links and satellites.
 *   <li>A satellite on each hub and key table for the columns that are not its key; more of them, and hubs of other
 *       business keys, where the vault file says so.
 * </ul>
 *
 * <p>The result depends on the set of collections, not on their order. More collections keep what was inferred before,
 * but for three cases: two that would be called the same are both called differently, two links between the same
 * entities get their columns' names, and a table turns from a hub into a link when the last table that its key refers to
 * appears. So infer from all collections that are known, before the first change is mapped.
 */
public final class VaultInference {
    private final Map<CollectionId, CollectionSchema> schemas = new TreeMap<>();
    private final Map<CollectionId, List<Reference>> references = new HashMap<>();
    private final Map<CollectionId, String> names;

    private final DeclaredModel declared;

    private VaultInference(Collection<CollectionSchema> collections, DeclaredModel declared) {
        this.declared = declared;
        for (CollectionSchema schema : collections) {
            if (schemas.put(schema.id(), schema) != null) {
                throw new IllegalArgumentException("two shapes of " + schema.id());
            }
        }
        schemas.values().forEach(schema -> references.put(schema.id(), Reference.of(schema, schemas)));
        names = EntityNames.of(schemas.keySet());
    }

    /**
     * @param schemas the newest shape of each captured collection
     * @param declared what of it names no known entity or column is left out; see {@link DeclaredModel#check}
     * @throws IllegalArgumentException if a collection is given twice
     */
    public static VaultModel infer(Collection<CollectionSchema> schemas, DeclaredModel declared) {
        return new VaultInference(schemas, declared).model();
    }

    private VaultModel model() {
        Map<CollectionId, EntitySpec> entities = new LinkedHashMap<>();
        schemas.values().forEach(schema -> entities.put(schema.id(), entity(schema)));
        LinkInference links = new LinkInference(entities.values());
        entities.values().stream().filter(VaultInference::isHub).forEach(from -> {
            for (Reference reference : references(from.schema())) {
                EntitySpec to = entities.get(reference.target().id());
                if (to != null && isHub(to) && !isItself(from, to, reference)) {
                    links.addForeignKey(from, to, reference.columns());
                }
            }
        });
        Map<String, EntitySpec> byName =
                entities.values().stream().collect(Collectors.toMap(EntitySpec::name, entity -> entity));
        for (DocumentLink link : declared.links()) {
            EntitySpec from = byName.get(link.from());
            if (from != null && isHub(from) && isLink(link, byName)) {
                List<String> hubs = link.ends().stream()
                        .map(end -> hub(end.to().name(), byName))
                        .toList();
                links.addDeclared(from, link, hubs);
            }
        }
        List<KeyHubSpec> keyHubs =
                declared.hubs().stream().map(DeclaredHub::spec).toList();
        return new VaultModel(List.copyOf(entities.values()), keyHubs, links.links(), sameAs(byName), declared.rules());
    }

    private List<SameAsSpec> sameAs(Map<String, EntitySpec> byName) {
        Map<String, List<MergesSpec>> byHub = new LinkedHashMap<>();
        Set<String> changing = new HashSet<>();
        for (DeclaredSameAs same : declared.sameAs()) {
            String hub = hub(same.hub().name(), byName);
            EntitySpec entity = byName.get(same.hub().name());
            if (entity != null && DeclaredModel.hasSameAs(entity)) {
                changing.add(hub);
            }
            List<MergesSpec> merges = merges(same, hub, byName);
            if (changing.contains(hub) || !merges.isEmpty()) {
                byHub.computeIfAbsent(hub, name -> new ArrayList<>()).addAll(merges);
            }
        }
        List<SameAsSpec> sameAs = new ArrayList<>();
        byHub.forEach((hub, merges) -> sameAs.add(new SameAsSpec(hub, changing.contains(hub), merges)));
        return sameAs;
    }

    /** One, if the statement names rows that say which keys mean the same, and as many values as the key has parts. */
    private List<MergesSpec> merges(DeclaredSameAs same, String hub, Map<String, EntitySpec> byName) {
        List<MergesSpec> merges = new ArrayList<>();
        same.merges().ifPresent(stated -> {
            EntitySpec from = byName.get(stated.from().name());
            boolean fits = stated.ends().stream()
                    .map(paths -> new DeclaredEnd(paths, same.hub(), Optional.empty()))
                    .allMatch(end -> isTarget(end, byName));
            if (from != null && DeclaredModel.canMerge(from) && fits && same.isOneWhole()) {
                merges.add(new MergesSpec(hub, from.name(), from.schema().id(), stated.duplicate(), stated.master()));
            }
        });
        return merges;
    }

    private static String hub(String to, Map<String, EntitySpec> byName) {
        EntitySpec entity = byName.get(to);
        return entity == null ? to : entity.anchor().name();
    }

    private boolean isLink(DocumentLink link, Map<String, EntitySpec> byName) {
        return link.isOneWhole() && link.ends().stream().allMatch(end -> isTarget(end, byName));
    }

    /** Whether the end names as many values as the key has parts that it leads to. */
    private boolean isTarget(DeclaredEnd end, Map<String, EntitySpec> byName) {
        EntitySpec entity = byName.get(end.to().name());
        int parts = declared.hub(end.to().name())
                .map(hub -> hub.key().size())
                .orElseGet(() ->
                        entity == null ? 0 : DeclaredModel.targetKey(entity).size());
        return end.paths().size() == parts;
    }

    private EntitySpec entity(CollectionSchema schema) {
        List<String> columns = schema.columns().stream().map(Column::name).toList();
        List<String> key = schema.key().isEmpty() ? columns : schema.key();
        List<String> rest =
                columns.stream().filter(column -> !key.contains(column)).toList();
        String name = name(schema);
        List<ComputedSpec> computed = declared.computed(name).stream()
                .flatMap(column -> column.spec(schema).stream())
                .toList();
        if (isReference(schema)) {
            return new EntitySpec(
                    name,
                    schema,
                    new ReferenceSpec(name, schema.id(), key),
                    List.of(new SatelliteSpec(name, columns, Kind.REFERENCE)),
                    List.of(),
                    false,
                    computed);
        }
        if (isEvent(schema)) {
            return event(name, schema).entity(key, columns, computed);
        }
        List<Reference> parts = keyParts(schema);
        AnchorSpec anchor = parts.isEmpty()
                ? hub(schema, key)
                : new LinkSpec(name, schema.id(), Origin.KEY_TABLE, ends(name, parts), key);
        // a row without a key is all its columns, so nothing is left to be kept apart
        List<DeclaredSatellite> apart = schema.key().isEmpty() ? List.of() : declared.satellites(name);
        return new EntitySpec(
                name,
                schema,
                anchor,
                SatelliteSplit.of(name, rest, apart),
                sets(name, schema, anchor),
                !schema.key().isEmpty() && declared.tracksStatus(name),
                computed);
    }

    private EventInference event(String name, CollectionSchema schema) {
        EventInference event = new EventInference(name, schema);
        references(schema).stream()
                .filter(reference -> keyParts(reference.target()).isEmpty())
                .forEach(reference -> event.addForeignKey(reference.columns(), hubName(reference.target())));
        declared.links().stream()
                .filter(link -> link.from().equals(name) && EventInference.isEnds(link))
                .flatMap(link -> link.ends().stream())
                .forEach(end -> eventEnd(end, event));
        return event;
    }

    /** The end, if it leads to a hub, and has as many values as the hub's key has parts. */
    private void eventEnd(DeclaredEnd end, EventInference event) {
        String to = end.to().name();
        Optional<DeclaredHub> hub = declared.hub(to);
        if (hub.isPresent()) {
            if (hub.get().key().size() == end.paths().size()) {
                event.addDeclared(end, to);
            }
            return;
        }
        schemas.values().stream()
                .filter(schema -> name(schema).equals(to) && isHub(schema))
                .filter(schema -> schema.key().size() == end.paths().size())
                .forEach(schema -> event.addDeclared(end, hubName(schema)));
    }

    private boolean isHub(CollectionSchema schema) {
        return !isReference(schema) && !isEvent(schema) && keyParts(schema).isEmpty();
    }

    private List<SetSpec> sets(String entity, CollectionSchema schema, AnchorSpec anchor) {
        List<MultiActiveSpec> arrays = declared.arrays(entity).stream()
                .filter(array -> DeclaredModel.canHoldArrays(array, schema))
                .map(array -> array.spec(entity, anchor))
                .toList();
        List<SetSpec> sets = new ArrayList<>(arrays);
        if (!schema.key().isEmpty() && declared.hasQuarantine(entity)) {
            sets.add(new QuarantineSpec(entity + "_" + QuarantineSpec.SUFFIX, arrays));
        }
        return sets;
    }

    private boolean isReference(CollectionSchema schema) {
        return !schema.key().isEmpty()
                && declared.entity(name(schema))
                        .filter(DeclaredEntity::isReference)
                        .isPresent();
    }

    private boolean isEvent(CollectionSchema schema) {
        return declared.entity(name(schema)).filter(DeclaredEntity::isEvent).isPresent();
    }

    private HubSpec hub(CollectionSchema schema, List<String> key) {
        return shared(schema)
                .map(hub -> new HubSpec(hub.name().name(), schema.id(), key, Optional.of(hub.spec())))
                .orElseGet(() -> new HubSpec(name(schema), schema.id(), key));
    }

    private Optional<DeclaredHub> shared(CollectionSchema schema) {
        return SharedHub.of(declared, name(schema), schema);
    }

    private String hubName(CollectionSchema schema) {
        return shared(schema).map(hub -> hub.name().name()).orElseGet(() -> name(schema));
    }

    /**
     * The references to hubs that the primary key is made of; none if the table is a hub itself. A reference that covers
     * the whole key alone makes the table an extension of its target, not a link; so does a declared hub of its key.
     */
    private List<Reference> keyParts(CollectionSchema table) {
        List<String> key = table.key();
        List<Reference> inKey = references(table).stream()
                .filter(reference -> key.containsAll(reference.columns()))
                .toList();
        if (shared(table).isPresent()
                || inKey.stream().anyMatch(reference -> reference.columns().size() >= key.size())) {
            return List.of();
        }
        // a target's key is shorter than this one, so this comes to an end
        List<Reference> parts = inKey.stream()
                .filter(reference -> keyParts(reference.target()).isEmpty())
                .sorted(Comparator.comparingInt(
                        reference -> key.indexOf(reference.columns().get(0))))
                .toList();
        Set<String> covered =
                parts.stream().flatMap(part -> part.columns().stream()).collect(Collectors.toSet());
        return covered.size() == key.size() ? parts : List.of();
    }

    private List<LinkEnd> ends(String entity, List<Reference> parts) {
        List<String> hubs = parts.stream().map(part -> hubName(part.target())).toList();
        Set<String> taken = new HashSet<>(Set.of(entity));
        List<LinkEnd> ends = new ArrayList<>();
        for (Reference part : parts) {
            String hub = hubName(part.target());
            boolean once = Collections.frequency(hubs, hub) == 1;
            String role = VaultNames.free(once ? hub : VaultNames.safe(String.join("_", part.columns())), taken);
            taken.add(role);
            ends.add(new LinkEnd(role, hub, part.columns()));
        }
        return ends;
    }

    /** Whether two entities hang on one hub, and the reference leads from each key to the same key. */
    private static boolean isItself(EntitySpec from, EntitySpec to, Reference reference) {
        boolean oneHub = !from.name().equals(to.name())
                && from.anchor().name().equals(to.anchor().name());
        return oneHub && reference.columns().equals(from.schema().key());
    }

    private static boolean isHub(EntitySpec entity) {
        return entity.anchor() instanceof HubSpec;
    }

    private List<Reference> references(CollectionSchema table) {
        return references.getOrDefault(table.id(), List.of()).stream()
                .filter(reference -> !isReference(reference.target()) && !isEvent(reference.target()))
                .toList();
    }

    private String name(CollectionSchema table) {
        return names.getOrDefault(table.id(), table.id().name());
    }
}
