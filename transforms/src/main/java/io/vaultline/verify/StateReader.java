package io.vaultline.verify;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import java.util.function.Consumer;

/** Reads the state of a collection out of one store: the source, the vault, or the history. */
public interface StateReader {
    /** What the store is called in reports: {@code source}, {@code vault} or {@code history}. */
    String store();

    /**
     * Hands over each row that exists after the commit at a position, once, in any order; unavailable values resolved. A
     * value of the source that its column's type can't hold is a text.
     *
     * @param schema the shape that the rows are wanted in
     * @param commitPosition the newest commit that counts; later changes must not be seen
     * @throws io.vaultline.error.PipelineException if the store can't be read
     */
    void read(CollectionSchema schema, long commitPosition, Consumer<Row> rows);
}
