package io.vaultline.capture.postgres;

import io.vaultline.capture.output.SnapshotParts.Range;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A part of a table that is read at once.
 *
 * @param range the keys that it holds, if the table is read by ranges of keys
 * @param condition of SQL, true for its rows; empty for all of them
 * @param bytes about how much of the table it is
 */
record Chunk(TableLoad load, Optional<Range> range, String condition, long bytes) {
    /** The statement that reads it. */
    String copy() {
        CatalogTable table = load.table();
        String columns = table.shape().columns().stream()
                .map(column -> Sql.identifier(column.name()))
                .collect(Collectors.joining(", "));
        if (condition.isEmpty() && !table.copiedByQuery()) {
            return "COPY " + table.listing().quoted() + " (" + columns + ") TO STDOUT";
        }
        String where = condition.isEmpty() ? "" : " WHERE " + condition;
        return "COPY (SELECT " + columns + " FROM " + table.listing().rows() + where + ") TO STDOUT";
    }
}
