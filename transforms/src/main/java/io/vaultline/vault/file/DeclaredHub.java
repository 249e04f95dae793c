package io.vaultline.vault.file;

import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.model.HubKeyPart;
import io.vaultline.vault.model.KeyHubSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A hub for a business key that is no collection's primary key, as the vault model file states it. Links feed it: each
 * key that one of them finds is a row.
 *
 * @param name of the hub
 * @param key its parts, each of one of the {@link #TYPES}
 * @param collisionCode stands in front of the key in the hash: equal keys of hubs with one code are one key
 */
public record DeclaredHub(Named name, List<HubKeyPart> key, String collisionCode) {
    /** The types that a business key can have, by their name in the file. */
    static final Map<String, DataType> TYPES = Map.of(
            "text",
            Simple.TEXT,
            "int32",
            Simple.INT32,
            "int64",
            Simple.INT64,
            "uuid",
            Simple.UUID,
            "date",
            Simple.DATE);

    public DeclaredHub {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(collisionCode, "collisionCode");
        key = List.copyOf(key);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("hub " + name + " has no key");
        }
    }

    /** A hub whose key is one column, and whose collision code is its name. */
    public static DeclaredHub of(Named name, String key, DataType type) {
        return new DeclaredHub(name, List.of(HubKeyPart.of(key, type)), name.name());
    }

    public KeyHubSpec spec() {
        return new KeyHubSpec(name.name(), key, collisionCode);
    }
}
