package io.vaultline.vault.oracle;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.Row;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one change made of one row, or of all rows of a collection.
 *
 * @param identity values of the row's key, or all values of a row without one; null if the change emptied the collection
 * @param row whole, as it is after the change; null if it is gone
 * @param copies how many equal rows there are after the change: with a key, one or none
 * @param added whether the change wrote a row, rather than took one away
 * @param movedFrom key that the row had before the change, if the change gave it another; else null
 * @param unsaid columns that the change's event did not tell
 * @param status what the change was to the row: it came or went; null if neither
 */
public record Fact(
        CollectionSchema schema,
        CommitOrder order,
        long micros,
        @Nullable List<@Nullable Object> identity,
        @Nullable Row row,
        int copies,
        boolean added,
        @Nullable List<@Nullable Object> movedFrom,
        Set<String> unsaid,
        @Nullable String status) {
    long position() {
        return order.commitPosition();
    }
}
