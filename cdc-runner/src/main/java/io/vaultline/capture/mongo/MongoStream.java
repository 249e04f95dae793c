package io.vaultline.capture.mongo;

import io.vaultline.capture.mongo.StreamEvent.Changed;
import io.vaultline.capture.mongo.StreamEvent.Gone;
import io.vaultline.capture.mongo.StreamEvent.Looked;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.CommitPace;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.capture.output.StreamPosition;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.BsonDocument;

/**
 * Takes what a change stream brings to Kafka, a Kafka transaction for each batch. A transaction of the source is not cut:
 * its changes share one cluster time, and wait until an event of a later one, or the server's word that there is nothing
 * more, says that they are all there; unless they are more than the configured bound.
 *
 * <p>How far the stream is complete: behind an event of cluster time T, up to T − 1, since a transaction has several
 * events of one time. When the server had nothing more, it says up to which time it has looked (the token after an empty
 * batch); all up to and with that time has then been read. There is one exception: before it has looked at all it repeats
 * the time at which the stream was opened, and of that one nothing is known.
 */
final class MongoStream {
    private static final long FULL_CHANGES = 20_000;
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();

    private final ChangeWriter writer;
    private final CollectionMarks marks;
    private final Collections collections;
    private final StreamBoundary boundary;
    private final long opened;
    private final long full;
    private final Map<CollectionId, CollectionSchema> published = new HashMap<>();

    private StreamPosition durable;
    private CommitOrder order;
    private Supplier<BsonDocument> token;
    private volatile long place;
    private boolean moved;
    private boolean inTransaction;

    /** Events of the newest cluster time in the open Kafka transaction. */
    private long together;

    private long covered;
    private long taken;
    private long looked;
    private long committedNanos = System.nanoTime();

    /** @param boundary what is to happen at an exact time */
    MongoStream(
            ChangeWriter writer,
            CollectionMarks marks,
            Collections collections,
            StreamBoundary boundary,
            StreamPosition start) {
        this.writer = writer;
        this.marks = marks;
        this.collections = collections;
        this.boundary = boundary;
        this.opened = ClusterTime.of(start.offset());
        this.taken = opened;
        this.place = opened;
        this.full = Math.min(FULL_CHANGES, writer.bound().changes());
        this.durable = start;
        this.order = start.order();
        this.token = () -> ClusterTime.token(start.offset());
    }

    /** Who looks after collections that are not known yet. */
    interface Collections {
        /**
         * Called before the first change of a collection that has no mark.
         *
         * @param commit ends the open Kafka transaction, if the collection has to be read first
         */
        void arrived(CollectionId id, Runnable commit);

        /** Called when a collection got this name; no Kafka transaction is open. */
        void renamed(CollectionId id, long time);

        /** The maker of a captured collection's changes. */
        DocumentChanges changes(CollectionId id);

        /** Called between two Kafka transactions, after each batch. */
        void pause();
    }

    /** The cluster time up to which all is durable in Kafka; from any thread. */
    long place() {
        return place;
    }

    /** How many events are taken before {@link #settle}. */
    CommitPace pace() {
        return CommitPace.ofStream(writer, full);
    }

    /** How far the stream is durable in Kafka. */
    StreamPosition durable() {
        return durable;
    }

    /** Takes the next event. */
    void take(StreamEvent event) {
        if (event.time() > boundary.time()) {
            cross();
        }
        taken = Math.max(taken, event.time());
        if (event.time() > order.commitPosition() && writer.pending() >= full) {
            inTransaction = false;
            commit();
        } else if (together >= writer.bound().changes()) {
            commit();
        }
        if (!(event instanceof Looked)) {
            passed(event);
        } else if (event.time() == looked) {
            return;
        } else {
            looked(event.time());
        }
        token = event.token();
        moved = true;
    }

    private void looked(long time) {
        looked = time;
        covered = Math.max(covered, time > opened ? time : time - 1);
        inTransaction &= time < order.commitPosition();
    }

    private void passed(StreamEvent event) {
        boolean sameTime = event.time() == order.commitPosition();
        together = sameTime ? together + 1 : 1;
        CommitOrder next = new CommitOrder(event.time(), sameTime ? order.ordinal() + 1 : 1);
        if (event instanceof Changed changed) {
            changed(changed.change(), next);
        } else if (event instanceof Gone gone) {
            gone(gone, next);
        }
        order = next;
        covered = Math.max(covered, event.time() - 1);
    }

    private void changed(DocumentChange change, CommitOrder next) {
        CollectionId id = change.collection();
        inTransaction = change.transaction() != null;
        if (marks.find(id).isEmpty()) {
            collections.arrived(id, this::commit);
        }
        if (marks.takes(change, next.commitPosition())) {
            write(collections.changes(id).of(change, next));
        }
    }

    @SuppressWarnings("ReferenceEquality") // a shredder hands out one object for each shape
    private void write(DataChangeEvent event) {
        CollectionId id = event.schema().id();
        if (published.get(id) != event.schema()) {
            writer.publish(List.of(event.schema()));
            published.put(id, event.schema());
        }
        writer.write(event);
    }

    /** Its documents end here. What has its name from now on is another collection, and the stream has all of it. */
    private void gone(Gone gone, CommitOrder next) {
        CollectionId id = gone.collection();
        long time = next.commitPosition();
        if (marks.find(id)
                .filter(mark -> mark.begun() && time > mark.position())
                .isPresent()) {
            CollectionSchema shape = collections.changes(id).shape();
            write(new CollectionTruncated(new ChangeHeader(shape, next, ClusterTime.micros(time), null)));
            SnapshotMark mark = new SnapshotMark(id, time, "");
            writer.mark(mark);
            marks.add(mark);
        }
        Optional<CollectionId> to = gone.renamedTo();
        if (to.isPresent()
                && marks.find(to.get()).filter(mark -> time <= mark.position()).isEmpty()) {
            commit();
            collections.renamed(to.get(), time);
        }
    }

    /**
     * After a batch or some: makes what came durable, unless a transaction of the source may not be complete.
     *
     * @return whether the durable position has moved
     */
    boolean settle() {
        boolean news = covered > writer.covered() || moved;
        boolean due = news && System.nanoTime() - committedNanos > IDLE_NANOS;
        boolean whole = !inTransaction || writer.pending() == 0;
        StreamPosition before = durable;
        if (whole && (writer.pending() > 0 || due)) {
            commit();
        }
        if (writer.pending() == 0) {
            collections.pause();
            boundary.look(taken);
        }
        if (covered >= boundary.time()) {
            cross();
        }
        return !durable.equals(before);
    }

    /**
     * All changes up to the boundary's time were taken, and none after it. The next time may have changes; they come behind
     * the two places that the boundary gets, also after a restart, since these are durable first.
     */
    private void cross() {
        long next = boundary.time() + 1;
        long ordinal = order.commitPosition() == next ? order.ordinal() + 1 : 0;
        order = new CommitOrder(next, ordinal + 1);
        inTransaction = false;
        moved = true;
        commit();
        boundary.pass(new CommitOrder(next, ordinal));
    }

    private void commit() {
        if (writer.pending() == 0 && !moved && covered <= writer.covered()) {
            return;
        }
        durable = new StreamPosition(order, ClusterTime.offset(token.get()));
        writer.commit(durable, covered, ClusterTime.micros(covered));
        place = Math.max(place, covered);
        moved = false;
        together = 0;
        committedNanos = System.nanoTime();
    }
}
