package io.vaultline.vault.model;

import java.util.List;
import java.util.Objects;

/**
 * One end of a link.
 *
 * @param role name of its hash key's column without {@code _hk}: the hub's name, or a role where a hub occurs twice
 * @param hub name of the hub
 * @param key where the hub's business key is found in a row of the link's collection, one path for each key column: a
 *     column name, or for ids in documents a dotted path below a JSON column in which {@code []} stands for each element
 *     of an array, such as {@code items[].product_id}
 */
public record LinkEnd(String role, String hub, List<String> key) {
    public LinkEnd {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(hub, "hub");
        key = List.copyOf(key);
    }

    /** Name of the hash key's column. */
    public String hashKey() {
        return role + "_hk";
    }
}
