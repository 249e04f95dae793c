package io.vaultline.history;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import java.util.Optional;
import java.util.function.Consumer;

/** The changes that a store has kept. Each call sees what was committed when it began. */
public interface ChangeHistory {
    /**
     * Hands over each change within a range once, in any order.
     *
     * <p>A value that the wanted shape can't represent, because the column's type was another one then, is
     * unavailable.
     *
     * @param schema the shape that the rows are wanted in
     * @throws io.vaultline.error.PipelineException if the store can't be read
     */
    void read(CollectionSchema schema, HistoryRange range, Consumer<DataChangeEvent> changes);

    /**
     * The newest truncation within a range.
     *
     * @throws io.vaultline.error.PipelineException if the store can't be read
     */
    Optional<CommitOrder> lastTruncation(CollectionSchema schema, HistoryRange range);

    /**
     * How many changes are kept; 0 for a collection that the store does not know.
     *
     * @throws io.vaultline.error.PipelineException if the store can't be read
     */
    long count(CollectionSchema schema);
}
