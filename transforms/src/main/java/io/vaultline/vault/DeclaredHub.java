package io.vaultline.vault;

import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import java.util.Map;
import java.util.Objects;

/**
 * A hub for a business key that is no collection's primary key, as the vault model file states it. Links feed it: each
 * value that one of them finds is a row.
 *
 * @param name of the hub
 * @param key name of its business key's column
 * @param type of that column, one of {@link #TYPES}
 * @param collisionCode stands in front of the key in the hash: equal keys of hubs with one code are one key
 */
public record DeclaredHub(Named name, String key, DataType type, String collisionCode) {
    /** The types that a business key can have, by their name in the file. */
    static final Map<String, DataType> TYPES = Map.of("text", Simple.TEXT, "int64", Simple.INT64, "uuid", Simple.UUID);

    public DeclaredHub {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(collisionCode, "collisionCode");
    }

    KeyHubSpec spec() {
        return new KeyHubSpec(name.name(), key, type, collisionCode);
    }
}
