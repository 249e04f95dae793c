package io.vaultline.capture.postgres;

import io.vaultline.capture.engine.BatchHandler;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.StreamPosition;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the connector streams to Kafka, transaction by transaction of the source.
 *
 * <p>A transaction's changes wait until its end, which says its commit LSN; then they are written. Kafka transactions end
 * behind the last whole source transaction of a batch. Only one that is large, in changes or in bytes, is split, since a
 * Kafka transaction may not last for long: then the position says how many of its changes are durable, and a new start
 * drops as many.
 */
final class PostgresStream implements BatchHandler {
    private static final long MEMORY_BYTES = 64L << 20;
    private static final int MOST_KNOWN = 10_000;
    private static final long PART_CHANGES = 50_000;
    private static final long PART_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();

    private final ChangeWriter writer;
    private final Tables tables;
    private final ReaderFactory readers;
    private final Runnable pause;
    private final String transactionTopic;
    private final OpenTransaction transaction = new OpenTransaction(MEMORY_BYTES);

    /** By the connector's schema object, of which it makes a new one when a table's shape may have changed. */
    private final IdentityHashMap<Schema, RecordReader> known = new IdentityHashMap<>();

    private final List<CollectionSchema> unpublished = new ArrayList<>();

    private StreamPosition durable;
    private StreamPosition reached;
    private long records;
    private boolean inParts;
    private long begunNanos;
    private long committedNanos = System.nanoTime();

    /**
     * @param start where the stream starts
     * @param pause called between two Kafka transactions, after each batch
     */
    PostgresStream(
            String prefix,
            ChangeWriter writer,
            Tables tables,
            ReaderFactory readers,
            StreamPosition start,
            Runnable pause) {
        this.transactionTopic = prefix + ".transaction";
        this.writer = writer;
        this.tables = tables;
        this.readers = readers;
        this.durable = start;
        this.reached = start;
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
                boundary(record, acknowledgement);
            } else if (isChange(record.valueSchema())) {
                records++;
                known.computeIfAbsent(record.valueSchema(), schema -> readers.of(record, unpublished))
                        .read(record, transaction);
            }
        }
        if (writer.pending() > 0 || System.nanoTime() - committedNanos > IDLE_NANOS) {
            commit(acknowledgement);
        }
        pause.run();
    }

    private static boolean isChange(@Nullable Schema schema) {
        return schema != null && schema.field("after") != null;
    }

    private void boundary(SourceRecord record, DurableOffset acknowledgement) throws InterruptedException {
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
        if (writer.pending() > 0 && writer.pending() + transaction.size() > PART_CHANGES) {
            commit(acknowledgement);
        }
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

    private void ended(long commitLsn, long micros, String name) {
        writer.publish(unpublished);
        unpublished.clear();
        long ordinal = drain(commitLsn, micros, name);
        reached = new StreamPosition(new CommitOrder(commitLsn, ordinal), ReplicationSlot.offset(commitLsn, micros));
    }

    private long drain(long commitLsn, long micros, String name) {
        begunNanos = System.nanoTime();
        inParts = transaction.size() > PART_CHANGES || transaction.isSpilled();
        long[] last = {0};
        transaction.drain((event, ordinal) -> {
            last[0] = ordinal;
            write(event, new CommitOrder(commitLsn, ordinal), micros, name);
        });
        return last[0];
    }

    private void write(DataChangeEvent event, CommitOrder order, long micros, String name) {
        CollectionSchema shape = event.schema();
        if (order.compareTo(durable.order()) <= 0 || !tables.takes(event, order.commitPosition())) {
            return;
        }
        writer.write(Changes.under(new ChangeHeader(shape, order, micros, name), event));
        if (inParts && (writer.pending() >= PART_CHANGES || System.nanoTime() - begunNanos > PART_NANOS)) {
            durable = new StreamPosition(order, reached.offset());
            writer.commitPart(durable);
            begunNanos = System.nanoTime();
        }
    }

    /** Nothing is acknowledged before the Kafka transaction that holds it was committed. */
    private void commit(DurableOffset acknowledgement) throws InterruptedException {
        if (reached.equals(durable) && writer.pending() == 0) {
            return;
        }
        writer.commit(reached, reached.order().commitPosition(), ReplicationSlot.micros(reached.offset()));
        durable = reached;
        committedNanos = System.nanoTime();
        acknowledgement.advance(durable.offset());
    }
}
