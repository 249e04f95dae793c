package io.vaultline.clickhouse.load;

import io.vaultline.error.PipelineException;
import io.vaultline.kafka.RawChange;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.TopicTail;
import io.vaultline.letter.DeadLetter;
import io.vaultline.letter.LetterAnswer;
import io.vaultline.letter.LetterCodec;
import io.vaultline.letter.LetterRequest;
import io.vaultline.letter.LetterRequest.Action;
import io.vaultline.letter.Reason;
import io.vaultline.letter.RequestCodec;
import io.vaultline.letter.Settlement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Carries out one request about dead letters, or a part of it that fits into a batch: maps what can be loaded, row by row in
 * the order of the changes, and gathers the records that say what became of them. Until these are durable nothing is done,
 * and the same request does the same again. For one thread.
 */
final class Delivery {
    private final TopicNames names;
    private final LetterShelf shelf;
    private final LetterRequest request;
    private final TopicPartition partition;
    private final long deliveredBefore;
    private final Set<String> blocked = new HashSet<>();
    private final List<DeadLetter> ended = new ArrayList<>();
    private final List<DeadLetter> refusedNow = new ArrayList<>();
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private Optional<LetterAnswer> answer = Optional.empty();
    private long delivered;
    private String text = "";

    /**
     * @param partition which the request is about
     * @param deliveredBefore changes that earlier parts of it have delivered
     */
    Delivery(
            TopicNames names,
            LetterShelf shelf,
            LetterRequest request,
            TopicPartition partition,
            long deliveredBefore) {
        this.names = names;
        this.shelf = shelf;
        this.request = request;
        this.partition = partition;
        this.deliveredBefore = deliveredBefore;
    }

    /** A letter that waits, and where it stands in its topic. */
    private record Shelved(DeadLetter letter, long offset) {
        long place() {
            return letter.place().orElseThrow().offset();
        }
    }

    /**
     * Maps what is asked for, until the batch is full.
     *
     * @param tail the dead-letter topic, from its beginning
     * @param maxBytes of the batch
     */
    void fill(Batch batch, long maxBytes, TopicTail tail, Function<RawChange, Polled> decoder) {
        List<Shelved> meant = meant(tail);
        Optional<String> objection = objection();
        if (objection.isPresent()) {
            answer(LetterAnswer.refused(objection.get()));
            return;
        }
        for (Shelved one : meant) {
            if (batch.bytes() >= maxBytes) {
                return;
            } else if (!blocked.contains(one.letter().row())) {
                take(one, batch, tail, decoder);
            }
        }
        answer(new LetterAnswer(true, deliveredBefore + delivered, meant.size() - ended.size(), text));
    }

    private Optional<String> objection() {
        Optional<DeadLetter> named = request.letter().flatMap(this::find);
        if (request.letter().isPresent() && named.isEmpty()) {
            return Optional.of("No change with this id waits for the loaders");
        } else if (request.action() != Action.REPLAY && !named.orElseThrow().isRefused()) {
            return Optional.of("This change was not refused, it waits behind one that was; name that one");
        }
        return Optional.empty();
    }

    private Optional<DeadLetter> find(String id) {
        return ours().stream().filter(letter -> letter.id().equals(id)).findFirst();
    }

    private List<DeadLetter> ours() {
        return shelf.all()
                .filter(letter -> LetterShelf.partition(letter).equals(partition))
                .filter(letter -> letter.collection().source().equals(request.source()))
                .toList();
    }

    private List<Shelved> meant(TopicTail tail) {
        Set<String> ids = new HashSet<>();
        Optional<String> row = request.letter().flatMap(this::find).map(DeadLetter::row);
        ours().stream()
                .filter(letter -> row.map(letter.row()::equals).orElse(true))
                .forEach(letter -> ids.add(letter.id()));
        Map<String, Shelved> found = new HashMap<>();
        tail.readToNewest(item -> LetterCodec.read(item)
                .filter(letter -> ids.contains(letter.id()))
                .ifPresent(letter -> found.put(letter.id(), new Shelved(letter, item.offset()))));
        return found.values().stream()
                .sorted(Comparator.comparingLong(Shelved::place))
                .toList();
    }

    private void take(Shelved one, Batch batch, TopicTail tail, Function<RawChange, Polled> decoder) {
        DeadLetter letter = one.letter();
        if (request.action() == Action.DROP && request.settles(letter)) {
            end(letter);
            return;
        }
        ConsumerRecord<byte[], byte[]> item = tail.readAt(one.offset());
        RawChange raw = new RawChange(partition, one.place(), item.timestamp(), changeKey(item), item.value());
        Optional<PipelineException> problem = Intake.load(decoder.apply(raw), decision(letter, raw), batch);
        if (problem.isEmpty()) {
            delivered++;
            end(letter);
        } else {
            refuse(letter, item, problem.get());
        }
    }

    private static byte[] changeKey(ConsumerRecord<byte[], byte[]> item) {
        return LetterCodec.changeKey(item);
    }

    private Optional<Settlement> decision(DeadLetter letter, RawChange raw) {
        return request.settles(letter) ? Optional.of(Settlement.of(letter, request)) : shelf.settlement(raw);
    }

    private void end(DeadLetter letter) {
        ended.add(letter);
        records.add(LetterCodec.end(names.deadLetters(), letter));
        if (request.settles(letter)) {
            records.add(LetterCodec.settled(names.deadLetters(), letter, request));
        }
    }

    private void refuse(DeadLetter letter, ConsumerRecord<byte[], byte[]> item, PipelineException problem) {
        blocked.add(letter.row());
        if (text.isEmpty()) {
            text = letter.id() + ": " + problem.what() + " (" + problem.where() + ")";
        }
        if (!letter.isRefused()) {
            DeadLetter now = letter.because(Reason.of(problem));
            refusedNow.add(now);
            records.add(LetterCodec.record(names.deadLetters(), now, changeKey(item), item.value()));
        }
    }

    private void answer(LetterAnswer given) {
        answer = Optional.of(given);
        records.add(
                new ProducerRecord<>(names.requests(), 0, RequestCodec.answerKey(request), RequestCodec.answer(given)));
    }

    LetterRequest request() {
        return request;
    }

    TopicPartition partition() {
        return partition;
    }

    /** What must become durable, in one transaction. */
    List<ProducerRecord<byte[], byte[]>> records() {
        return List.copyOf(records);
    }

    /** It is durable. */
    void done() {
        ended.forEach(shelf::remove);
        refusedNow.forEach(letter -> {
            shelf.remove(letter);
            shelf.add(letter);
        });
        ended.stream()
                .filter(request::settles)
                .forEach(letter -> shelf.settled(partition, Settlement.of(letter, request)));
    }

    /** Changes delivered by this part and those before it. */
    long delivered() {
        return deliveredBefore + delivered;
    }

    /** What is answered, if nothing is left to do. */
    Optional<LetterAnswer> answer() {
        return answer;
    }
}
