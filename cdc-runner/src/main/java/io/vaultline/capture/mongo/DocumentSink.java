package io.vaultline.capture.mongo;

import io.vaultline.capture.mongo.RangeReaders.Batch;
import io.vaultline.capture.mongo.ReadIds.IdRange;
import java.util.List;

/** What takes the documents of a collection that is read by ranges. */
interface DocumentSink {
    /** The ranges that it has not. */
    List<IdRange> missing();

    /** About how many documents the collection has. */
    long expected();

    /** All ranges that are missing come now, as of a time. */
    void begin(long time, int ranges);

    /** Takes a batch, and makes what it has durable now and then, and at the end. */
    void add(Batch batch);

    /** Whether all ranges are durable. */
    boolean isComplete();
}
