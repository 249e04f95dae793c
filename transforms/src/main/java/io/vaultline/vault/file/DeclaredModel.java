package io.vaultline.vault.file;

import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.HubSpec;
import io.vaultline.vault.model.ReferenceSpec;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultRules;
import io.vaultline.vault.value.FieldReader;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the vault model file says beside what is inferred.
 *
 * @param file name of the file, for messages
 * @param rules what holds for the whole vault
 */
public record DeclaredModel(
        String file,
        VaultRules rules,
        List<DeclaredHub> hubs,
        List<DeclaredEntity> entities,
        List<DocumentLink> links,
        List<DeclaredSameAs> sameAs) {
    public DeclaredModel {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(rules, "rules");
        hubs = List.copyOf(hubs);
        entities = List.copyOf(entities);
        links = List.copyOf(links);
        sameAs = List.copyOf(sameAs);
    }

    /** Nothing beside what is inferred. */
    public static DeclaredModel none() {
        return new DeclaredModel(
                "no vault model file", VaultRules.STANDARD, List.of(), List.of(), List.of(), List.of());
    }

    /**
     * Checks that every statement became part of the model. Inference passes over those that name what is not there,
     * since a collection can appear later; {@code infer} and {@code ddl} refuse them, the loader warns.
     *
     * @param model inferred with these statements
     * @throws PipelineException {@code MODEL_INVALID} with every statement that names no entity, no column or no key, or
     *     wants a table that another part of the model has
     */
    public void check(VaultModel model) {
        problems(model).throwIfAny();
    }

    /** What {@link #check} would refuse, a line each with its place in the file. */
    public List<String> unmet(VaultModel model) {
        return problems(model).lines();
    }

    private Problems problems(VaultModel model) {
        Problems problems = new Problems(file);
        new ModelCheck(this, model, problems).check();
        return problems;
    }

    public Optional<DeclaredHub> hub(String name) {
        return hubs.stream().filter(hub -> hub.name().name().equals(name)).findFirst();
    }

    public Optional<DeclaredEntity> entity(String name) {
        return entities.stream()
                .filter(entity -> entity.name().name().equals(name))
                .findFirst();
    }

    public List<DeclaredSatellite> satellites(String entity) {
        return entities.stream()
                .filter(declared -> declared.name().name().equals(entity))
                .flatMap(declared -> declared.satellites().stream())
                .toList();
    }

    public List<DeclaredArray> arrays(String entity) {
        return entities.stream()
                .filter(declared -> declared.name().name().equals(entity))
                .flatMap(declared -> declared.arrays().stream())
                .toList();
    }

    public List<DeclaredComputed> computed(String entity) {
        return entities.stream()
                .filter(declared -> declared.name().name().equals(entity))
                .flatMap(declared -> declared.computed().stream())
                .toList();
    }

    public boolean hasQuarantine(String entity) {
        return entities.stream()
                .anyMatch(declared -> declared.name().name().equals(entity)
                        && declared.quarantine().isPresent());
    }

    public boolean tracksStatus(String entity) {
        return entities.stream()
                .anyMatch(declared -> declared.name().name().equals(entity)
                        && declared.statusTracking().isPresent());
    }

    /** Whether rows that have a key hold arrays there; documents can have fields that were not seen yet. */
    public static boolean canHoldArrays(DeclaredArray array, CollectionSchema schema) {
        String column = array.column().name();
        boolean there = schema.kind() == CollectionKind.DOCUMENTS
                || (schema.indexOf(column).isPresent() && FieldReader.typeOf(schema, column) == DataType.Simple.JSON);
        return there && !schema.key().isEmpty() && !schema.key().contains(column);
    }

    /** The columns whose values name a row of the entity; none if none can. */
    public static List<String> targetKey(EntitySpec entity) {
        return entity.anchor() instanceof HubSpec ? entity.schema().key() : List.of();
    }

    /** Whether rows of the entity can say which keys of a hub mean the same. */
    public static boolean canMerge(EntitySpec entity) {
        return !(entity.anchor() instanceof ReferenceSpec)
                && !entity.schema().key().isEmpty();
    }

    /** Whether a row of the entity can get another key. */
    public static boolean hasSameAs(EntitySpec entity) {
        return entity.anchor() instanceof HubSpec hub
                && hub.declared().isEmpty()
                && !entity.schema().key().isEmpty();
    }
}
