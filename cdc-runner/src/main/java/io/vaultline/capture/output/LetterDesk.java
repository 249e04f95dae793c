package io.vaultline.capture.output;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.RequestTopic;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.TopicTail;
import io.vaultline.letter.DeadLetter;
import io.vaultline.letter.LetterAnswer;
import io.vaultline.letter.LetterCodec;
import io.vaultline.letter.LetterRequest;
import io.vaultline.letter.LetterRequest.Action;
import io.vaultline.letter.Reason;
import io.vaultline.letter.RequestCodec;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what people ask about the dead letters of a capture: by the capture's own writer, so that nobody else
 * writes, and each request in one Kafka transaction with its answer, so that it is carried out once. Used by the thread
 * that writes, between two Kafka transactions.
 */
public final class LetterDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LetterDesk.class);
    private static final long LOOK_NANOS = Duration.ofSeconds(2).toNanos();

    private final KafkaClients clients;
    private final TopicNames names;
    private final ChangeWriter writer;
    private final RequestTopic<LetterRequest, LetterAnswer> requests;
    private long nextLook = System.nanoTime();

    LetterDesk(KafkaClients clients, Admin admin, TopicNames names, String source, ChangeWriter writer) {
        this.clients = clients;
        this.names = names;
        this.writer = writer;
        this.requests = new RequestTopic<>(clients, admin, names, source, RequestCodec.KIND);
    }

    /** Carries out what is asked for, at most every two seconds. */
    public void look() {
        if (System.nanoTime() - nextLook < 0) {
            return;
        }
        refresh();
        for (LetterRequest request : asked()) {
            carriedOut(request).ifPresent(answer -> {
                writer.commitAnswer(request, answer);
                requests.answered(request.id());
                LOG.info(
                        "Dead letters: {} {}; {} changes delivered, {} wait on",
                        request.action(),
                        answer.done() ? "done" : "refused",
                        answer.delivered(),
                        answer.waiting());
            });
        }
        nextLook = System.nanoTime() + LOOK_NANOS;
    }

    private List<LetterRequest> asked() {
        return requests.open().stream()
                .filter(request -> request.role().equals(LetterBox.ROLE))
                .toList();
    }

    /** Whoever asks can wait while Kafka is away; the stream says what must be said. */
    private void refresh() {
        try {
            requests.refresh();
        } catch (PipelineException e) {
            if (e.code() != ErrorCode.KAFKA_UNREACHABLE) {
                throw e;
            }
            LOG.debug("Requests can't be read now", e);
        }
    }

    /** Nothing if a transaction of another source hides what waits; then it is tried again. */
    private Optional<LetterAnswer> carriedOut(LetterRequest request) {
        Optional<DeadLetter> meant = request.letter().flatMap(writer.waiting()::find);
        if (request.letter().isPresent() && meant.isEmpty()) {
            return Optional.of(LetterAnswer.refused("No change with this id waits for the capture of this source"));
        } else if (request.action() == Action.FIX) {
            return Optional.of(LetterAnswer.refused(
                    "The capture can't put other values in place: correct the column's type in the source"));
        } else if (request.action() == Action.DROP && !meant.orElseThrow().isRefused()) {
            return Optional.of(LetterAnswer.refused(
                    "This change was not refused, it waits behind one that was; drop or replay that one"));
        } else if (!isAllVisible()) {
            return Optional.empty();
        }
        Set<String> rows = meant.map(letter -> Set.of(letter.row())).orElseGet(this::allRows);
        Pass pass = new Pass(rows, request.action() == Action.DROP ? request.letter() : Optional.empty());
        read(pass);
        return Optional.of(pass.answer());
    }

    private Set<String> allRows() {
        return writer.waiting().all().stream().map(DeadLetter::row).collect(Collectors.toSet());
    }

    private boolean isAllVisible() {
        Set<String> missing =
                writer.waiting().all().stream().map(DeadLetter::id).collect(Collectors.toCollection(HashSet::new));
        read(item -> missing.remove(LetterCodec.id(item)));
        return missing.isEmpty();
    }

    private void read(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try (TopicTail tail = new TopicTail(clients, names.deadLetters())) {
            tail.readToEnd(reader);
        }
    }

    /** Goes over all that waits, oldest first. */
    private final class Pass implements Consumer<ConsumerRecord<byte[], byte[]>> {
        private final Set<String> rows;
        private final Optional<String> dropped;
        private final Set<String> blocked = new HashSet<>();
        private long delivered;
        private String text = "";

        Pass(Set<String> rows, Optional<String> dropped) {
            this.rows = rows;
            this.dropped = dropped;
        }

        @Override
        public void accept(ConsumerRecord<byte[], byte[]> item) {
            LetterCodec.read(item)
                    .filter(letter -> rows.contains(letter.row()))
                    .filter(letter -> writer.waiting().find(letter.id()).isPresent())
                    .ifPresent(letter -> take(letter, item));
        }

        private void take(DeadLetter letter, ConsumerRecord<byte[], byte[]> item) {
            if (dropped.filter(letter.id()::equals).isPresent()) {
                writer.ended(letter);
            } else if (!blocked.contains(letter.row())) {
                if (isDelivered(letter, item)) {
                    delivered++;
                    writer.ended(letter);
                } else {
                    blocked.add(letter.row());
                }
            }
        }

        private boolean isDelivered(DeadLetter letter, ConsumerRecord<byte[], byte[]> item) {
            if (letter.isRefused()) {
                return isRepaired(letter, item);
            }
            writer.redeliver(new ProducerRecord<>(
                    names.changes(letter.collection()), LetterCodec.changeKey(item), item.value()));
            return true;
        }

        private boolean isRepaired(DeadLetter letter, ConsumerRecord<byte[], byte[]> item) {
            Reason reason = letter.reason().orElseThrow();
            PipelineException before =
                    new PipelineException(reason.code(), reason.what(), reason.where(), reason.remedy());
            Optional<PipelineException> problem = writer.redeliver(LetterBox.read(letter, item), before);
            problem.filter(now -> text.isEmpty())
                    .ifPresent(now -> text = letter.id() + ": " + now.what() + " (" + now.where() + ")");
            return problem.isEmpty();
        }

        LetterAnswer answer() {
            long waiting = writer.waiting().all().stream()
                    .filter(letter -> rows.contains(letter.row()))
                    .count();
            return new LetterAnswer(true, delivered, waiting, text);
        }
    }

    @Override
    public void close() {
        requests.close();
    }
}
