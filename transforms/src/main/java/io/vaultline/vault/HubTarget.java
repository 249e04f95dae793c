package io.vaultline.vault;

import io.vaultline.event.DataType;
import java.util.List;

/**
 * A hub as those see it who refer to it.
 *
 * @param collisionCode first part of its hash key: the source's name, or what the model file says
 * @param keyColumns names of the business key's columns in the table, in key order
 * @param keyTypes one for each of them
 */
public record HubTarget(VaultTable table, String collisionCode, List<String> keyColumns, List<DataType> keyTypes) {
    public HubTarget {
        keyColumns = List.copyOf(keyColumns);
        keyTypes = List.copyOf(keyTypes);
    }

    /** Name of the hash key's column. */
    public String hashKey() {
        return table.columns().get(0).name();
    }
}
