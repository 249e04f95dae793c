package io.vaultline.vault.model;

import io.vaultline.event.CollectionId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The vault of a pipeline: its entities, and the hubs and links that are no entities themselves.
 *
 * @param keyHubs hubs of business keys that the model file declares
 * @param links of origin foreign key or document id; links that are entities stand in {@code entities}
 * @param sameAs one for each hub of which keys can mean the same
 * @param rules what holds for all of it
 */
public record VaultModel(
        List<EntitySpec> entities,
        List<KeyHubSpec> keyHubs,
        List<LinkSpec> links,
        List<SameAsSpec> sameAs,
        VaultRules rules) {
    public VaultModel {
        Objects.requireNonNull(rules, "rules");
        entities = List.copyOf(entities);
        keyHubs = List.copyOf(keyHubs);
        links = List.copyOf(links);
        sameAs = List.copyOf(sameAs);
    }

    /** A model without same-as links, by the standard rules. */
    public VaultModel(List<EntitySpec> entities, List<KeyHubSpec> keyHubs, List<LinkSpec> links) {
        this(entities, keyHubs, links, List.of(), VaultRules.STANDARD);
    }

    /** The collections whose changes of keys say which keys of a hub mean the same. */
    public List<CollectionId> collectionsOf(SameAsSpec spec) {
        return entities.stream()
                .filter(entity -> sameAs(entity).filter(spec::equals).isPresent())
                .map(entity -> entity.schema().id())
                .toList();
    }

    /** The same-as link of the hub that an entity is, if it is one and has such a link. */
    public Optional<SameAsSpec> sameAs(EntitySpec entity) {
        return sameAs.stream()
                .filter(SameAsSpec::keysChange)
                .filter(spec ->
                        entity.anchor() instanceof HubSpec hub && hub.name().equals(spec.hub()))
                .findFirst();
    }

    /** A vault without collections yet. */
    public static VaultModel empty() {
        return new VaultModel(List.of(), List.of(), List.of());
    }

    /** The entity that a collection is, if it is part of the vault. */
    public Optional<EntitySpec> entityOf(CollectionId collection) {
        return entities.stream().filter(e -> e.schema().id().equals(collection)).findFirst();
    }

    /** The hub of that name. */
    public Optional<HubSpec> hub(String name) {
        return entities.stream()
                .map(EntitySpec::anchor)
                .filter(HubSpec.class::isInstance)
                .map(HubSpec.class::cast)
                .filter(hub -> hub.name().equals(name))
                .findFirst();
    }
}
