package io.vaultline.vault;

import io.vaultline.event.CollectionId;
import java.util.List;
import java.util.Optional;

/**
 * The vault of a pipeline: its entities, and the hubs and links that are no entities themselves.
 *
 * @param keyHubs hubs of business keys that the model file declares
 * @param links of origin foreign key or document id; links that are entities stand in {@code entities}
 */
public record VaultModel(List<EntitySpec> entities, List<KeyHubSpec> keyHubs, List<LinkSpec> links) {
    public VaultModel {
        entities = List.copyOf(entities);
        keyHubs = List.copyOf(keyHubs);
        links = List.copyOf(links);
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
