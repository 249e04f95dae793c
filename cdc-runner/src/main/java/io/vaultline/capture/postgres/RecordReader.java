package io.vaultline.capture.postgres;

import org.apache.kafka.connect.source.SourceRecord;

/** Reads records of one table and shape. */
@FunctionalInterface
interface RecordReader {
    /** Adds what a record says to the transaction. */
    void read(SourceRecord record, ChangeSink transaction);
}
