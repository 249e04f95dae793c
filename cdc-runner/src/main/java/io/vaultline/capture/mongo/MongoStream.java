package io.vaultline.capture.mongo;

import io.vaultline.capture.engine.BatchHandler;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.StreamPosition;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Takes what the connector streams to Kafka, a Kafka transaction for each batch.
 *
 * <p>How far the stream is complete: behind an event of cluster time T, up to T − 1, since a transaction has several
 * events of one time. When the server had nothing more, it says up to which time it has looked (the token after an empty
 * batch); all up to and with that time has then been read. There is one exception: before it has looked at all it repeats
 * the time at which the stream was opened, and of that one nothing is known.
 */
final class MongoStream implements BatchHandler {
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();

    private final ConnectorRecords records;
    private final ChangeWriter writer;
    private final CollectionMarks marks;
    private final Collections collections;
    private final long opened;
    private final Map<CollectionId, CollectionSchema> published = new HashMap<>();

    private StreamPosition durable;
    private StreamPosition reached;
    private long covered;
    private long committedNanos = System.nanoTime();

    MongoStream(
            String source, ChangeWriter writer, CollectionMarks marks, Collections collections, StreamPosition start) {
        this.records = new ConnectorRecords(source);
        this.writer = writer;
        this.marks = marks;
        this.collections = collections;
        this.opened = ClusterTime.of(start.offset());
        this.durable = start;
        this.reached = start;
    }

    /** Who looks after collections that are not known yet. */
    interface Collections {
        /** Called before the first change of a collection that has no mark; no Kafka transaction is open. */
        void arrived(CollectionId id);

        /** The maker of a captured collection's changes. */
        DocumentChanges changes(CollectionId id);

        /** Called between two Kafka transactions, after each batch. */
        void pause();
    }

    @Override
    public void handle(List<SourceRecord> batch, DurableOffset acknowledgement) throws InterruptedException {
        for (SourceRecord item : batch) {
            Map<String, ?> offset = item.sourceOffset();
            if (ConnectorRecords.isChange(item)) {
                changed(records.change(item), offset, acknowledgement);
            } else if (ClusterTime.isWithoutEvent(offset)) {
                looked(offset);
            }
        }
        boolean news = covered > writer.covered() || !reached.equals(durable);
        if (writer.pending() > 0 || (news && System.nanoTime() - committedNanos > IDLE_NANOS)) {
            commit(acknowledgement);
        }
        collections.pause();
    }

    private void looked(Map<String, ?> offset) {
        long time = ClusterTime.of(offset);
        covered = Math.max(covered, time > opened ? time : time - 1);
        reached = new StreamPosition(reached.order(), ClusterTime.offset(offset));
    }

    private void changed(DocumentChange change, Map<String, ?> offset, DurableOffset acknowledgement)
            throws InterruptedException {
        CollectionId id = change.collection();
        if (marks.find(id).isEmpty()) {
            commit(acknowledgement);
            collections.arrived(id);
        }
        long time = ClusterTime.of(offset);
        boolean sameTime = time == reached.order().commitPosition();
        CommitOrder order = new CommitOrder(time, sameTime ? reached.order().ordinal() + 1 : 1);
        if (marks.takes(id, time)) {
            write(change, order);
        }
        covered = Math.max(covered, time - 1);
        reached = new StreamPosition(order, ClusterTime.offset(offset));
    }

    @SuppressWarnings("ReferenceEquality") // a shredder hands out one object for each shape
    private void write(DocumentChange change, CommitOrder order) {
        CollectionId id = change.collection();
        DataChangeEvent event = collections.changes(id).of(change, order);
        if (published.get(id) != event.schema()) {
            writer.publish(List.of(event.schema()));
            published.put(id, event.schema());
        }
        writer.write(event);
    }

    /** Nothing is acknowledged before the Kafka transaction that holds it was committed. */
    private void commit(DurableOffset acknowledgement) throws InterruptedException {
        if (writer.pending() == 0 && reached.equals(durable) && covered <= writer.covered()) {
            return;
        }
        writer.commit(reached, covered, ClusterTime.micros(covered));
        durable = reached;
        committedNanos = System.nanoTime();
        acknowledgement.advance(durable.offset());
    }
}
