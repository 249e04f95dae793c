package io.vaultline.vault;

import io.vaultline.event.DataType;
import java.util.Objects;

/**
 * A hub of a business key that is no collection's primary key: one row for each value that a link to it ever found. It
 * has no satellite; what describes the key hangs on the entities that name it.
 *
 * @param key name of the business key's column
 * @param collisionCode in front of the key in its hash, where other hubs have the source's name
 */
public record KeyHubSpec(String name, String key, DataType type, String collisionCode) {
    public KeyHubSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(collisionCode, "collisionCode");
    }

    /** Name of the table. */
    public String table() {
        return "hub_" + name;
    }

    /** Name of the hash key's column. */
    public String hashKey() {
        return name + "_hk";
    }
}
