package io.vaultline.capture.output;

import io.vaultline.capture.output.CrashPoint.Place;
import io.vaultline.capture.resnapshot.ResnapshotAnswer;
import io.vaultline.capture.resnapshot.ResnapshotCodec;
import io.vaultline.capture.resnapshot.ResnapshotRequest;
import io.vaultline.codec.ChangeDecoder;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.config.TransactionBound;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.Watermark;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.WatermarkCodec;
import io.vaultline.letter.DeadLetter;
import io.vaultline.letter.LetterAnswer;
import io.vaultline.letter.LetterRequest;
import io.vaultline.letter.RequestCodec;
import io.vaultline.letter.WaitingRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Writes one source's changes to Kafka in transactions that also hold how far the source has been read, so that both
 * become durable together or not at all.
 *
 * <p>A shape's schema is durable before the first change of that shape is written: no reader sees a change whose schema
 * it can't. Schemas are written outside of the transactions, since the sources share their topic, and an open
 * transaction of one would hide the others' schemas. Used by one thread at a time. Every failure is a {@link
 * io.vaultline.error.PipelineException}.
 */
public final class ChangeWriter {
    private static final Duration WATERMARK_INTERVAL = Duration.ofSeconds(1);

    private final Producer<byte[], byte[]> producer;
    private final SchemaPublisher publisher;
    private final TopicNames names;
    private final String source;
    private final String where;
    private final TransactionBound bound;
    private final PublishedSchemas schemas = new PublishedSchemas();
    private final EndOffsets ends;
    private final LetterBox letters;
    private final CommitListener listener;
    private final CrashPoint crashPoint;
    private final ChangeRecords records = new ChangeRecords();

    /** How far the stream is durable. */
    private Optional<StreamPosition> position;

    private boolean open;
    private long begunNanos;
    private long endedNanos = System.nanoTime();
    private long changes;
    private long newestMicros;
    private long watermarkPosition;
    private long watermarkNanos = System.nanoTime() - WATERMARK_INTERVAL.toNanos();

    ChangeWriter(
            Producer<byte[], byte[]> producer,
            SchemaPublisher publisher,
            TopicNames names,
            String source,
            TransactionBound bound,
            CaptureState state,
            LetterBox letters,
            CommitListener listener,
            CrashPoint crashPoint) {
        this.producer = producer;
        this.publisher = publisher;
        this.names = names;
        this.source = source;
        this.where = "capture of source " + source;
        this.bound = bound;
        this.ends = new EndOffsets(state.ends());
        this.watermarkPosition =
                state.watermark().map(Watermark::commitPosition).orElse(0L);
        this.position = state.position();
        this.letters = letters;
        this.listener = listener;
        this.crashPoint = crashPoint;
    }

    /** Told after each commit: how many changes it made durable, and the source's commit time of the newest. */
    @FunctionalInterface
    public interface CommitListener {
        void committed(long changes, long newestMicros);
    }

    /**
     * Makes the shapes' topics and schemas durable, in this order, so that the newest of a collection comes last; one that
     * is its collection's newest already is left out.
     */
    public void publish(Collection<CollectionSchema> shapes) {
        List<ChangeSchema> added = new ArrayList<>();
        Map<CollectionId, CollectionSchema> newest = new HashMap<>();
        for (CollectionSchema shape : shapes) {
            Optional<CollectionSchema> last = Optional.ofNullable(newest.put(shape.id(), shape));
            if (!last.or(() -> schemas.newest(shape.id())).equals(Optional.of(shape))) {
                added.add(ChangeSchema.of(shape));
            }
        }
        if (!added.isEmpty()) {
            guarded(() -> schemas.add(publisher.publish(added)));
        }
    }

    /**
     * Adds a change to the open transaction, or to a new one. Its shape was published. One that can't be encoded is set
     * aside as a dead letter, and one whose row waits already, behind it.
     */
    public void write(DataChangeEvent event) {
        guarded(() -> {
            begin();
            take(event, schemas.of(event.schema()));
        });
        changes++;
        newestMicros = event.header().commitMicros();
        crashPoint.reached(event instanceof RowRead ? Place.SNAPSHOT_ROW_SENT : Place.CHANGE_SENT, changes);
    }

    /** Where a published shape's changes go. */
    public CaptureTopic topic(CollectionSchema shape) {
        return schemas.of(shape);
    }

    /**
     * Adds rows of a snapshot to the open transaction, or to a new one.
     *
     * @param micros the time of the snapshot, microseconds since the epoch
     */
    public void write(EncodedRows rows, long micros) {
        guarded(() -> {
            begin();
            for (int i = 0; i < rows.encoded(); i++) {
                take(rows.topic(), rows.key(i), rows.value(i));
            }
        });
        changes += rows.encoded();
        newestMicros = micros;
        crashPoint.reached(Place.SNAPSHOT_ROW_SENT, changes);
        rows.others().forEach(this::write);
    }

    /** Most rows need no second look. */
    private void take(CaptureTopic topic, byte[] key, byte[] value) {
        CollectionId id = topic.schema().collection().id();
        if (key.length + value.length > topic.limit().content() || letters.holds(id, key)) {
            DataChangeEvent event = new ChangeDecoder(fingerprint -> topic.schema()).decode(value);
            take(event, topic);
        } else {
            send(new ProducerRecord<>(topic.name(), key, value), ends);
        }
    }

    private void take(DataChangeEvent event, CaptureTopic topic) {
        ProducerRecord<byte[], byte[]> item;
        try {
            item = records.of(topic, event);
        } catch (RuntimeException e) {
            // Encoding reaches nothing but the change, so whatever it throws is about the change.
            sendUncounted(letters.refused(event, e));
            return;
        }
        if (item.key() != null && letters.holds(event.schema().id(), item.key())) {
            sendUncounted(letters.parked(event, item.key(), item.value()));
        } else {
            send(item, ends);
        }
    }

    /** What waits. */
    WaitingRows waiting() {
        return letters.waiting();
    }

    /** Tries a change again that was refused. Returns why it can't be written, if it still can't. */
    Optional<PipelineException> redeliver(LenientChange kept, PipelineException before) {
        CollectionId id = kept.event().schema().id();
        Optional<CollectionSchema> now = schemas.newest(id);
        if (now.isEmpty()) {
            return Optional.of(before);
        }
        DataChangeEvent event = kept.under(now.get(), before);
        publish(List.of(event.schema(), now.get()));
        ProducerRecord<byte[], byte[]> item;
        try {
            item = records.of(schemas.of(event.schema()), event);
        } catch (RuntimeException e) {
            return Optional.of(LetterBox.problem(event, e));
        }
        redeliver(item);
        return Optional.empty();
    }

    /** Writes a change that waited. */
    void redeliver(ProducerRecord<byte[], byte[]> item) {
        guarded(() -> {
            begin();
            send(item, ends);
        });
        changes++;
    }

    /** A change waits no more. */
    void ended(DeadLetter letter) {
        guarded(() -> {
            begin();
            sendUncounted(letters.ended(letter));
        });
    }

    /** Makes durable what was delivered, with the answer, and where the ends of the topics are now. */
    void commitAnswer(LetterRequest request, LetterAnswer answer) {
        guarded(() -> {
            begin();
            send(names.requests(), RequestCodec.answerKey(request), RequestCodec.answer(answer));
            producer.flush();
            position.ifPresent(this::sendPosition);
            end();
        });
    }

    /** Adds an answer to a request to the open transaction, or to a new one. */
    public void answer(ResnapshotRequest request, ResnapshotAnswer answer) {
        guarded(() -> {
            begin();
            send(names.requests(), ResnapshotCodec.answerKey(request), ResnapshotCodec.answer(answer));
        });
    }

    /** Makes an answer durable that comes with no rows. Nothing else waits for its commit. */
    public void commitAnswer(ResnapshotRequest request, ResnapshotAnswer answer) {
        answer(request, answer);
        guarded(this::end);
    }

    /** The largest transaction of the source that is not split. */
    public TransactionBound bound() {
        return bound;
    }

    /** Changes in the open transaction. */
    public long pending() {
        return changes;
    }

    /** When the last Kafka transaction was committed, by {@link System#nanoTime}. */
    long endedNanos() {
        return endedNanos;
    }

    /** Adds a collection's mark to the open transaction, or to a new one. */
    public void mark(SnapshotMark mark) {
        guarded(() -> {
            begin();
            producer.flush();
            byte[] value = StateCodec.snapshot(mark, ends.sinceWatermark());
            send(names.offsets(), StateCodec.snapshotKey(mark.id()), value);
        });
    }

    /** Makes the open transaction durable together with the end of a collection's snapshot. */
    public void commitSnapshot(SnapshotMark mark) {
        commitSnapshots(List.of(mark));
    }

    /** Makes the open transaction durable together with how far the snapshots of collections are. */
    public void commitSnapshots(Collection<SnapshotMark> marks) {
        marks.forEach(this::mark);
        guarded(this::end);
    }

    /** The commit position that the newest durable watermark covers; 0 if there is none. */
    public long covered() {
        return watermarkPosition;
    }

    /** Makes the open transaction durable in the middle of a large commit of the source. */
    public void commitPart(StreamPosition position) {
        guarded(() -> {
            begin();
            producer.flush();
            sendPosition(position);
            end();
        });
        crashPoint.reached(Place.AFTER_PART, 0);
    }

    /**
     * Makes the open transaction durable, with a watermark when the last one is a second old.
     *
     * @param covered the newest commit position that the stream is complete up to
     * @param coveredMicros the source's time of that commit, microseconds since the epoch
     */
    public void commit(StreamPosition position, long covered, long coveredMicros) {
        guarded(() -> {
            begin();
            producer.flush();
            boolean marked = isWatermarkDue(covered);
            if (marked) {
                sendWatermark(covered, coveredMicros);
            }
            sendPosition(position);
            end();
            if (marked) {
                ends.recorded();
            }
        });
    }

    /** Gives the open transaction up. */
    public void abort() {
        if (open) {
            open = false;
            changes = 0;
            letters.waiting().rollback();
            guarded(producer::abortTransaction);
        }
    }

    private void begin() {
        if (!open) {
            crashPoint.reached(Place.BEFORE_SEND, 0);
            producer.beginTransaction();
            open = true;
            begunNanos = System.nanoTime();
        }
    }

    private void end() {
        crashPoint.reached(Place.BEFORE_COMMIT, changes);
        producer.commitTransaction();
        endedNanos = System.nanoTime();
        crashPoint.reached(Place.AFTER_COMMIT, changes);
        letters.waiting().commit();
        open = false;
        if (changes > 0) {
            listener.committed(changes, newestMicros);
        }
        changes = 0;
    }

    private void sendPosition(StreamPosition reached) {
        byte[] value = StateCodec.position(reached, ends.sinceWatermark());
        send(names.offsets(), StateCodec.positionKey(source), value);
        position = Optional.of(reached);
    }

    private boolean isWatermarkDue(long covered) {
        return covered > 0
                && covered >= watermarkPosition
                && System.nanoTime() - watermarkNanos >= WATERMARK_INTERVAL.toNanos();
    }

    private void sendWatermark(long covered, long coveredMicros) {
        Watermark watermark = new Watermark(source, covered, coveredMicros, ends.all());
        send(names.control(), WatermarkCodec.key(source), WatermarkCodec.encode(watermark));
        watermarkPosition = covered;
        watermarkNanos = System.nanoTime();
    }

    private void send(String topic, byte[] key, byte[] value) {
        sendUncounted(new ProducerRecord<>(topic, 0, key, value));
    }

    /** For records that are not changes. */
    private void sendUncounted(ProducerRecord<byte[], byte[]> item) {
        send(item, ends::refused);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a record that fails makes the transaction's commit fail
    private void send(ProducerRecord<byte[], byte[]> item, Callback callback) {
        producer.send(item, callback);
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (KafkaException e) {
            boolean late = open && System.nanoTime() - begunNanos > CaptureOutput.TRANSACTION.toNanos() * 9 / 10;
            throw late
                    ? KafkaFailures.tooLong(where, e)
                    : KafkaFailures.of(e, ends.refusing().orElse(where));
        }
    }
}
