package io.vaultline.iceberg.read;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import io.vaultline.history.ChangeHistory;
import io.vaultline.history.HistoryRange;
import io.vaultline.history.HistoryStates;
import io.vaultline.verify.StateReader;
import java.time.Instant;
import java.util.function.Consumer;

/** The states of collections as they follow from the history. */
public final class IcebergStateReader implements StateReader {
    /** What the states of one pass over the history may take of the heap, in bytes. */
    private static final long MAX_BYTES = 64L << 20;

    private final HistoryStates states;

    public IcebergStateReader(ChangeHistory history) {
        this.states = new HistoryStates(history, MAX_BYTES);
    }

    @Override
    public String store() {
        return "history";
    }

    @Override
    public void read(CollectionSchema schema, long commitPosition, Consumer<Row> rows) {
        states.read(schema, HistoryRange.upTo(commitPosition), rows);
    }

    /**
     * Hands over each row that existed at a moment of the source's commit clock, once, in any order.
     *
     * @param schema the shape that the rows are wanted in
     * @throws io.vaultline.error.PipelineException if the lake can't be read
     */
    public void readAsOf(CollectionSchema schema, Instant commitTime, Consumer<Row> rows) {
        states.read(schema, HistoryRange.upTo(commitTime), rows);
    }
}
