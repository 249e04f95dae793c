package io.vaultline.vault.model;

import java.util.List;
import java.util.Objects;

/**
 * A hub of a business key that is no collection's primary key: one row for each key that a link to it ever found. It
 * has no satellite; what describes the key hangs on the entities that name it.
 *
 * @param key parts of the business key, each a column
 * @param collisionCode in front of the key in its hash, where other hubs have the source's name
 */
public record KeyHubSpec(String name, List<HubKeyPart> key, String collisionCode) {
    public KeyHubSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(collisionCode, "collisionCode");
        key = List.copyOf(key);
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
