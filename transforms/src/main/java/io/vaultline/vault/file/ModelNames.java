package io.vaultline.vault.file;

import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.EventSpec;
import io.vaultline.vault.model.HubKeyPart;
import io.vaultline.vault.model.ReferenceSpec;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.value.FieldReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what statements of the vault model file name; what is not there is a problem. */
final class ModelNames {
    private final DeclaredModel declared;
    private final VaultModel model;
    private final Problems problems;

    ModelNames(DeclaredModel declared, VaultModel model, Problems problems) {
        this.declared = declared;
        this.model = model;
        this.problems = problems;
    }

    Optional<EntitySpec> entity(Named name) {
        return entity(name, entityNames());
    }

    /** The key of a declared hub or of an entity; empty, which is a problem, if there is none of that name or no key. */
    List<HubKeyPart> targetKey(Named name) {
        Optional<DeclaredHub> hub = declared.hub(name.name());
        if (hub.isPresent()) {
            return hub.get().key();
        }
        Stream<String> hubs = declared.hubs().stream().map(known -> known.name().name());
        Optional<EntitySpec> entity =
                entity(name, Stream.concat(entityNames().stream(), hubs).toList());
        if (entity.isPresent() && DeclaredModel.targetKey(entity.get()).isEmpty()) {
            boolean isAlone = entity.get().anchor() instanceof ReferenceSpec
                    || entity.get().anchor() instanceof EventSpec;
            problems.add(
                    name.where(),
                    "`" + name + "` "
                            + (isAlone
                                    ? "is " + describe(entity.get()) + ", and no link leads to it"
                                    : "has no key that values could name"));
        }
        return entity.map(ModelNames::key).orElse(List.of());
    }

    /** What an entity is that is no hub. */
    static String describe(EntitySpec entity) {
        if (entity.anchor() instanceof ReferenceSpec) {
            return "a reference table";
        }
        return entity.anchor() instanceof EventSpec ? "a link of events" : "a link";
    }

    /** A declared hub; a problem if there is none. */
    Optional<DeclaredHub> declaredHub(Named name) {
        Optional<DeclaredHub> hub = declared.hub(name.name());
        if (hub.isEmpty()) {
            List<String> known =
                    declared.hubs().stream().map(other -> other.name().name()).toList();
            problems.addUnknown(name.where(), "hub", name.name(), known);
        }
        return hub;
    }

    private static List<HubKeyPart> key(EntitySpec entity) {
        return DeclaredModel.targetKey(entity).stream()
                .map(column -> HubKeyPart.of(column, FieldReader.typeOf(entity.schema(), column)))
                .toList();
    }

    /** An entity of that name, which is no problem if there is none. */
    Optional<EntitySpec> entityCalled(String name) {
        return model.entities().stream().filter(e -> e.name().equals(name)).findFirst();
    }

    private Optional<EntitySpec> entity(Named name, List<String> known) {
        Optional<EntitySpec> found = entityCalled(name.name());
        if (found.isEmpty()) {
            problems.addUnknown(name.where(), "entity", name.name(), known);
        }
        return found;
    }

    /** Makes a problem of a column that the entity's table does not have. @return whether it can be there */
    boolean column(Named column, EntitySpec entity) {
        CollectionSchema schema = entity.schema();
        // documents can have fields that were not seen yet
        if (schema.kind() == CollectionKind.TABLE
                && schema.indexOf(column.name()).isEmpty()) {
            List<String> known = schema.columns().stream().map(Column::name).toList();
            problems.addUnknown(column.where(), "column of " + entity.name(), column.name(), known);
            return false;
        }
        return true;
    }

    private List<String> entityNames() {
        return model.entities().stream().map(EntitySpec::name).toList();
    }
}
