package io.vaultline.clickhouse.wire;

import io.vaultline.vault.model.VaultType;
import java.util.Objects;

/**
 * A column as it is sent to ClickHouse or read from it.
 *
 * @param name as the table or the result has it
 * @param nullable whether the column itself is {@code Nullable}
 */
public record WireColumn(String name, VaultType type, boolean nullable) {
    public WireColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    /** The column's type as the server spells it. */
    public String typeName() {
        return ClickHouseTypes.name(type, nullable);
    }
}
