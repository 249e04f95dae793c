package io.vaultline.vault.file;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.HubKeyPart;
import io.vaultline.vault.value.FieldReader;
import java.util.List;
import java.util.stream.Collectors;

/** Holds the declared hub that an entity shall hang on against the entity's primary key. */
final class SharedHubCheck {
    private final ModelNames names;
    private final Problems problems;

    SharedHubCheck(ModelNames names, Problems problems) {
        this.names = names;
        this.problems = problems;
    }

    void check(Named hub, EntitySpec entity) {
        names.declaredHub(hub).ifPresent(declared -> {
            CollectionSchema schema = entity.schema();
            if (schema.key().isEmpty()) {
                problems.add(hub.where(), "`" + entity.name() + "` has no key that could be that of hub `" + hub + "`");
            } else if (schema.key().size() != declared.key().size()) {
                problems.add(
                        hub.where(),
                        "`" + entity.name() + "` has the key " + key(schema) + ", and hub `" + hub + "` "
                                + list(declared.key()));
            } else {
                parts(hub, declared.key(), entity);
            }
        });
    }

    private void parts(Named hub, List<HubKeyPart> key, EntitySpec entity) {
        for (int i = 0; i < key.size(); i++) {
            String column = entity.schema().key().get(i);
            DataType type = FieldReader.typeOf(entity.schema(), column);
            HubKeyPart part = key.get(i);
            if (!SharedHub.holds(part.type(), type)) {
                problems.add(
                        hub.where(),
                        "`" + column + "` of `" + entity.name() + "` is " + type + ", and " + part + " of hub `" + hub
                                + "` does not hold all of its values");
            } else if (!SharedHub.isExact(part)) {
                problems.add(
                        hub.where(),
                        "the `text` rules of hub `" + hub + "` could make one key of two rows of `" + entity.name()
                                + "`; link to it by `" + column + "` instead");
            }
        }
    }

    private static String key(CollectionSchema schema) {
        return list(schema.key().stream()
                .map(column -> HubKeyPart.of(column, FieldReader.typeOf(schema, column)))
                .toList());
    }

    private static String list(List<HubKeyPart> key) {
        return key.stream().map(HubKeyPart::toString).collect(Collectors.joining(", "));
    }
}
