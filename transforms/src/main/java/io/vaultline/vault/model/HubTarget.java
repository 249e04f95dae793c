package io.vaultline.vault.model;

import java.util.List;

/**
 * A hub as those see it who refer to it.
 *
 * @param collisionCode first part of its hash key: the source's name, or what the model file says
 * @param key parts of the business key, in key order, named as in the table
 */
public record HubTarget(VaultTable table, String collisionCode, List<HubKeyPart> key) {
    public HubTarget {
        key = List.copyOf(key);
    }

    /** Name of the hash key's column. */
    public String hashKey() {
        return table.columns().get(0).name();
    }

    /** Names of the business key's columns, in key order. */
    public List<String> keyColumns() {
        return key.stream().map(HubKeyPart::name).toList();
    }
}
