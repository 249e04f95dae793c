package io.vaultline.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CommitOrder;
import io.vaultline.letter.LetterRequest.Action;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LetterCodecTest {
    private static final CollectionId ITEM = new CollectionId("pg", "public", "Größe \"x\"");
    private static final byte[] KEY = {1, 2};
    private static final byte[] CHANGE = {3};

    private static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> sent) {
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                new RecordHeaders(sent.headers().toArray()),
                Optional.empty());
    }

    private static DeadLetter letter(Optional<Reason> reason, Optional<String> shape, List<String> unfit) {
        CommitOrder order = new CommitOrder(Long.MAX_VALUE, 3);
        return new DeadLetter(
                LetterCodec.id("capture", ITEM, order, KEY),
                "capture",
                ITEM,
                order,
                -5,
                LetterCodec.row(ITEM, KEY),
                reason,
                shape,
                unfit);
    }

    @Test
    void whatIsWrittenIsRead() {
        DeadLetter refused = letter(
                Optional.of(new Reason(ErrorCode.VALUE_OUT_OF_RANGE, "what", "where", "remedy")),
                Optional.of("{}"),
                List.of("a", "b"));
        DeadLetter parked = letter(Optional.empty(), Optional.empty(), List.of());
        for (DeadLetter letter : List.of(refused, parked)) {
            ConsumerRecord<byte[], byte[]> item = received(LetterCodec.record("t", letter, KEY, CHANGE));
            assertThat(LetterCodec.read(item)).contains(letter);
            assertThat(LetterCodec.changeKey(item)).isEqualTo(KEY);
            assertThat(item.value()).isEqualTo(CHANGE);
        }
    }

    @Test
    void theEndOfALetterHasItsKeySoThatCompactionRemovesIt() {
        DeadLetter letter = letter(Optional.empty(), Optional.empty(), List.of());
        ConsumerRecord<byte[], byte[]> end = received(LetterCodec.end("t", letter));
        assertThat(end.key())
                .isEqualTo(LetterCodec.record("t", letter, KEY, CHANGE).key());
        assertThat(LetterCodec.read(end)).isEmpty();
        assertThat(LetterCodec.id(end)).isEqualTo(letter.id());
    }

    @Test
    void changesOfOneRowShareItsNameAndHaveNamesOfTheirOwn() {
        assertThat(LetterCodec.row(ITEM, KEY)).isEqualTo(LetterCodec.row(ITEM, KEY.clone()));
        assertThat(LetterCodec.row(ITEM, CHANGE)).isNotEqualTo(LetterCodec.row(ITEM, KEY));
        CommitOrder order = new CommitOrder(1, 1);
        assertThat(LetterCodec.id("capture", ITEM, order, KEY))
                .isNotEqualTo(LetterCodec.id("capture", ITEM, new CommitOrder(1, 2), KEY))
                .isNotEqualTo(LetterCodec.id("capture", ITEM, order, CHANGE));
    }

    @Test
    void aRecordOfAnotherProgramIsNamed() {
        assertThatThrownBy(() -> LetterCodec.read(received(new ProducerRecord<>("t", KEY, CHANGE))))
                .isInstanceOf(PipelineException.class);
    }

    private static LetterRequest request(Action action, Optional<String> letter, Map<String, Optional<String>> values) {
        return new LetterRequest(
                "r", "load", "pg", action, letter, Optional.of("t-1"), new Author("ann", "typo", 7), values);
    }

    @Test
    void requestsAndAnswersAreReadByTheirSourceAndByWhoReadsAll() {
        LetterRequest fix =
                request(Action.FIX, Optional.of("load-1"), Map.of("a", Optional.of("1"), "b", Optional.empty()));
        LetterRequest replay = request(Action.REPLAY, Optional.empty(), Map.of());
        for (LetterRequest request : List.of(fix, replay)) {
            LetterAnswer answer = new LetterAnswer(true, 3, 2, "why");
            Map<String, LetterRequest> requests = new HashMap<>();
            Map<String, LetterAnswer> answers = new HashMap<>();
            read("other", request, answer, requests, answers);
            assertThat(requests).isEmpty();
            assertThat(answers).isEmpty();
            read("pg", request, answer, requests, answers);
            assertThat(requests).containsExactly(entry("r", request));
            assertThat(answers).containsExactly(entry("r", answer));
            requests.clear();
            RequestCodec.KIND.readAll(
                    RequestCodec.requestKey(request), RequestCodec.request(request), requests::put, answers::put);
            assertThat(requests).containsExactly(entry("r", request));
        }
        assertThatThrownBy(() -> request(Action.DROP, Optional.empty(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request(Action.FIX, Optional.of("load-1"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void read(
            String source,
            LetterRequest request,
            LetterAnswer answer,
            Map<String, LetterRequest> requests,
            Map<String, LetterAnswer> answers) {
        RequestCodec.KIND.read(
                source, RequestCodec.requestKey(request), RequestCodec.request(request), requests::put, answers::put);
        RequestCodec.KIND.read(
                source, RequestCodec.answerKey(request), RequestCodec.answer(answer), requests::put, answers::put);
    }

    @Test
    void aDecisionAboutAChangeInKafkaOutlivesItsLetter() {
        KafkaPlace place = new KafkaPlace("t", 1, 44);
        DeadLetter letter = new DeadLetter(
                LetterCodec.id("load", place),
                "load",
                ITEM,
                new CommitOrder(1, 1),
                0,
                LetterCodec.row(ITEM, KEY),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(place));
        assertThat(LetterCodec.read(received(LetterCodec.record("t", letter, KEY, CHANGE))))
                .contains(letter);
        LetterRequest fix =
                request(Action.FIX, Optional.of(letter.id()), Map.of("a", Optional.of("1"), "b", Optional.empty()));

        ConsumerRecord<byte[], byte[]> settled = received(LetterCodec.settled("t", letter, fix));

        assertThat(LetterCodec.readSettled(settled))
                .contains(Map.entry(place, new Settlement(letter.id(), Action.FIX, fix.author(), fix.values())));
        assertThat(LetterCodec.read(settled)).isEmpty();
        assertThat(LetterCodec.id(settled)).isEqualTo(letter.id());
        assertThat(settled.key()).isNotEqualTo(LetterCodec.end("t", letter).key());
        assertThat(LetterCodec.readSettled(received(LetterCodec.end("t", letter))))
                .isEmpty();
    }
}
