package io.vaultline.vault.file;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.model.HubKeyPart;
import io.vaultline.vault.value.FieldReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Which entities hang on a declared hub: those whose primary key is its key, as the vault model file says. */
public final class SharedHub {
    private static final Set<DataType> INTEGERS = Set.of(Simple.INT16, Simple.INT32, Simple.INT64);

    private SharedHub() {}

    /** The declared hub that an entity hangs on. */
    public static Optional<DeclaredHub> of(DeclaredModel declared, String entity, CollectionSchema schema) {
        return declared.entity(entity)
                .flatMap(DeclaredEntity::hub)
                .flatMap(hub -> declared.hub(hub.name()))
                .filter(hub -> fits(hub.key(), schema));
    }

    private static boolean fits(List<HubKeyPart> key, CollectionSchema schema) {
        return !schema.key().isEmpty()
                && key.size() == schema.key().size()
                && IntStream.range(0, key.size())
                        .allMatch(i -> isExact(key.get(i))
                                && holds(
                                        key.get(i).type(),
                                        FieldReader.typeOf(schema, schema.key().get(i))));
    }

    /** Whether different values stay different: else two rows of a table would become one. */
    static boolean isExact(HubKeyPart part) {
        return part.text().isEmpty();
    }

    /** Whether a hub's key can be every value of a primary key, and leads back to it. */
    static boolean holds(DataType hub, DataType key) {
        if (hub.equals(key)) {
            return true;
        }
        if (hub == Simple.TEXT) {
            return INTEGERS.contains(key) || key == Simple.UUID;
        }
        return (hub == Simple.INT64 && INTEGERS.contains(key)) || (hub == Simple.INT32 && key == Simple.INT16);
    }
}
