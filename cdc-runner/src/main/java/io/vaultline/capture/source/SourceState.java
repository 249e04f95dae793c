package io.vaultline.capture.source;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A source as it was right after one commit, whatever has happened since. Each call fails with a {@link
 * io.vaultline.error.PipelineException} if the source can't be read any more. For one thread.
 */
public interface SourceState extends AutoCloseable {
    /** The newest commit that it shows: everything up to here is in it, and nothing else. */
    long commitPosition();

    /** The collections that are captured and exist in it. */
    Set<CollectionId> collections();

    /** How many rows a collection has. */
    long count(CollectionId collection);

    /**
     * Hands over each row once, in any order. A value that its column's type can't hold is a text, empty where it is
     * masked.
     *
     * @param schema the shape that the rows are wanted in; values of columns that the source did not have yet are null
     */
    void read(CollectionSchema schema, Consumer<Row> rows);

    /** Gives the state up. */
    @Override
    void close();
}
