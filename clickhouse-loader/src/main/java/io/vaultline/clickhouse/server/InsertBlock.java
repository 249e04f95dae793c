package io.vaultline.clickhouse.server;

import io.vaultline.clickhouse.wire.RowBinaryWriter;
import java.util.Objects;

/**
 * Rows on their way into a table.
 *
 * @param table name of the table, not quoted
 * @param rows not to be changed any more
 * @param token two blocks with the same token and table are one: the server keeps the first
 */
public record InsertBlock(String database, String table, RowBinaryWriter rows, String token) {
    public InsertBlock {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(token, "token");
    }
}
