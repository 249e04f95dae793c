package io.vaultline.capture.output;

import io.vaultline.codec.ChangeDecoder;
import io.vaultline.codec.ChangeEncoder;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.Row;
import io.vaultline.kafka.TopicNames;
import io.vaultline.letter.DeadLetter;
import io.vaultline.letter.LetterCodec;
import io.vaultline.letter.Reason;
import io.vaultline.letter.WaitingRows;
import io.vaultline.service.Role;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the records of changes that can't be written, and of those that have to wait behind them. What it knows follows
 * the writer's transactions. For one thread at a time.
 */
final class LetterBox {
    private static final Logger LOG = LoggerFactory.getLogger(LetterBox.class);
    static final String ROLE = Role.CAPTURE.label();

    private final TopicNames names;
    private final int largestRecord;
    private final WaitingRows waiting;
    private final ChangeEncoder encoder = new ChangeEncoder();

    /**
     * @param largestRecord bytes of key and value that the topic of the letters takes
     * @param waiting what the topic says
     */
    LetterBox(TopicNames names, int largestRecord, WaitingRows waiting) {
        this.names = names;
        this.largestRecord = largestRecord;
        this.waiting = waiting;
    }

    /** Whether a record of the topic is of the capture of this source. */
    static boolean isOf(String source, DeadLetter letter) {
        return letter.role().equals(ROLE) && letter.collection().source().equals(source);
    }

    WaitingRows waiting() {
        return waiting;
    }

    /** Whether a row's changes have to wait. */
    boolean holds(CollectionId id, byte[] key) {
        return !waiting.isEmpty() && waiting.has(LetterCodec.row(id, key));
    }

    /** The record of a change that can be written, and has to wait. */
    ProducerRecord<byte[], byte[]> parked(DataChangeEvent event, byte[] key, byte[] value) {
        return put(letter(event, key, Optional.empty(), Optional.empty(), List.of()), key, value);
    }

    /**
     * The record of a change that can't be written.
     *
     * @param failure what the encoder says
     */
    ProducerRecord<byte[], byte[]> refused(DataChangeEvent event, RuntimeException failure) {
        PipelineException problem = problem(event, failure);
        LenientChange change = LenientChange.of(event);
        while (LargestValue.weight(change.event()) > largestRecord && isReducible(change)) {
            change = withoutLargest(change);
        }
        while (true) {
            ChangeSchema schema = ChangeSchema.of(change.event().schema());
            byte[] key = encoder.encodeKey(schema, change.event().row());
            byte[] value = encoder.encode(schema, change.event());
            String shape = schema.valueJson();
            if (key.length + value.length + shape.length() <= largestRecord || !isReducible(change)) {
                DeadLetter letter =
                        letter(event, key, Optional.of(Reason.of(problem)), Optional.of(shape), change.unfit());
                ProducerRecord<byte[], byte[]> item = put(letter, key, value);
                LOG.warn(
                        "Dead letter {}: {} ({}); later changes of the row wait",
                        letter.id(),
                        problem.what(),
                        problem.where());
                return item;
            }
            change = withoutLargest(change);
        }
    }

    /** Whether there is a value left that is larger than the mark of one that was left out. */
    private static boolean isReducible(LenientChange change) {
        return LargestValue.of(change.event()).bytes() > LenientChange.LEFT_OUT.length();
    }

    private static LenientChange withoutLargest(LenientChange change) {
        return change.without(LargestValue.of(change.event()).name());
    }

    private DeadLetter letter(
            DataChangeEvent event, byte[] key, Optional<Reason> reason, Optional<String> shape, List<String> unfit) {
        CollectionId id = event.schema().id();
        return new DeadLetter(
                LetterCodec.id(ROLE, id, event.order(), key),
                ROLE,
                id,
                event.order(),
                event.header().commitMicros(),
                LetterCodec.row(id, key),
                reason,
                shape,
                unfit);
    }

    private ProducerRecord<byte[], byte[]> put(DeadLetter letter, byte[] key, byte[] value) {
        waiting.add(letter);
        return LetterCodec.record(names.deadLetters(), letter, key, value);
    }

    /** The record that says that a change waits no more. */
    ProducerRecord<byte[], byte[]> ended(DeadLetter letter) {
        waiting.remove(letter.id());
        return LetterCodec.end(names.deadLetters(), letter);
    }

    /** Why a change can't be written, without its data. */
    static PipelineException problem(DataChangeEvent event, RuntimeException failure) {
        for (Row row : RowImages.of(event)) {
            for (int i = 0; i < row.schema().columns().size(); i++) {
                if (row.get(i) instanceof UnfitValue unfit) {
                    return unfit.problem();
                }
            }
        }
        if (failure instanceof PipelineException known) {
            return known;
        }
        boolean told = failure.getClass() == IllegalArgumentException.class && failure.getMessage() != null;
        return new PipelineException(
                ErrorCode.VALUE_NOT_SUPPORTED,
                "A change can't be encoded: "
                        + (told ? failure.getMessage() : failure.getClass().getSimpleName()),
                "collection " + event.schema().id(),
                "Leave the column out (exclude-columns), or correct its type in the source; then replay the letter.",
                failure);
    }

    /** A refused change as it was kept. */
    static LenientChange read(DeadLetter letter, ConsumerRecord<byte[], byte[]> item) {
        ChangeSchema schema = letter.shape()
                .flatMap(ChangeSchema::parse)
                .orElseThrow(() -> new IllegalArgumentException("a refused change without its shape"));
        return new LenientChange(new ChangeDecoder(fingerprint -> schema).decode(item.value()), letter.unfit());
    }
}
