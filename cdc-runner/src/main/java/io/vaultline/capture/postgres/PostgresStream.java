package io.vaultline.capture.postgres;

import io.vaultline.capture.engine.BatchHandler;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the connector streams to Kafka, transaction by transaction of the source. A transaction's changes wait until
 * its end, which says its commit LSN; then they are written.
 */
final class PostgresStream implements BatchHandler {
    private static final int MOST_KNOWN = 10_000;

    private final TransactionWriter writer;
    private final ReaderFactory readers;
    private final Runnable pause;
    private final String transactionTopic;
    private final OpenTransaction transaction;

    /** By the connector's schema object, of which it makes a new one when a table's shape may have changed. */
    private final IdentityHashMap<Schema, RecordReader> known = new IdentityHashMap<>();

    private final List<CollectionSchema> unpublished = new ArrayList<>();

    private long records;

    /** @param pause called between two Kafka transactions, after each batch */
    PostgresStream(String prefix, TransactionWriter writer, ReaderFactory readers, Runnable pause) {
        this.transactionTopic = prefix + ".transaction";
        this.writer = writer;
        this.transaction = new OpenTransaction(writer.memoryBytes());
        this.readers = readers;
        this.pause = pause;
    }

    /** Makes the reader of the records that have the same schema object as this one. */
    @FunctionalInterface
    interface ReaderFactory {
        /** @param shapes where the reader's shape goes, for its schema to be published */
        RecordReader of(SourceRecord first, List<CollectionSchema> shapes);
    }

    @Override
    public void handle(List<SourceRecord> batch, DurableOffset acknowledgement) throws InterruptedException {
        for (SourceRecord record : batch) {
            if (record.topic().equals(transactionTopic)) {
                boundary(record);
            } else if (isChange(record.valueSchema())) {
                records++;
                known.computeIfAbsent(record.valueSchema(), schema -> readers.of(record, unpublished))
                        .read(record, transaction);
            }
        }
        writer.commit(acknowledgement);
        pause.run();
    }

    private static boolean isChange(@Nullable Schema schema) {
        return schema != null && schema.field("after") != null;
    }

    private void boundary(SourceRecord record) throws InterruptedException {
        Struct value = (Struct) record.value();
        if (value.getString("status").equals("BEGIN")) {
            transaction.clear();
            records = 0;
            if (known.size() > MOST_KNOWN) {
                known.clear();
            }
            return;
        }
        Map<String, ?> offset = record.sourceOffset();
        checkComplete(value.getInt64("event_count"), offset);
        ended(ReplicationSlot.commitLsn(offset), ReplicationSlot.micros(offset), String.valueOf(offset.get("txId")));
    }

    /** The connector counts too; it has lost rows at restarts in the past. */
    private void checkComplete(long expected, Map<String, ?> offset) {
        if (expected != records) {
            throw new PipelineException(
                    ErrorCode.CAPTURE_FAILED,
                    "A transaction came with " + records + " changes instead of " + expected,
                    "transaction " + offset.get("txId"),
                    "Start again: it is read anew from its beginning. Report this if it recurs.");
        }
    }

    private void ended(long commitLsn, long micros, String name) throws InterruptedException {
        writer.publish(unpublished);
        unpublished.clear();
        transaction.end();
        writer.begin(commitLsn, transaction.size(), transaction.isSpilled());
        long[] last = {0};
        transaction.drain((event, ordinal) -> {
            last[0] = ordinal;
            CommitOrder order = new CommitOrder(commitLsn, ordinal);
            writer.write(Changes.under(new ChangeHeader(event.schema(), order, micros, name), event));
        });
        writer.end(new CommitOrder(commitLsn, last[0]), micros);
    }
}
