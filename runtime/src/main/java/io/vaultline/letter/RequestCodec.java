package io.vaultline.letter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vaultline.kafka.RequestRecords;
import io.vaultline.letter.LetterRequest.Action;
import java.util.Map;
import java.util.Optional;

/**
 * The records of the requests topic that are about dead letters. Keys are JSON arrays, {@code ["letters", source, id]} and
 * {@code ["letters-answer", source, id]}; values are JSON objects.
 */
public final class RequestCodec {
    private static final String REQUEST = "letters";
    private static final String ANSWER = "letters-answer";
    private static final String LETTER = "letter";

    private RequestCodec() {}

    public static byte[] requestKey(LetterRequest request) {
        return key(REQUEST, request);
    }

    public static byte[] answerKey(LetterRequest request) {
        return key(ANSWER, request);
    }

    private static byte[] key(String kind, LetterRequest request) {
        return RequestRecords.key(kind, request.source(), request.id());
    }

    public static byte[] request(LetterRequest request) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("action", request.action().name());
        request.letter().ifPresent(letter -> node.put(LETTER, letter));
        return RequestRecords.bytes(node);
    }

    public static byte[] answer(LetterAnswer answer) {
        return RequestRecords.bytes(JsonNodeFactory.instance
                .objectNode()
                .put("done", answer.done())
                .put("delivered", answer.delivered())
                .put("waiting", answer.waiting())
                .put("text", answer.text()));
    }

    /** Takes what a record says. */
    interface Reader {
        void request(LetterRequest request);

        void answer(String id, LetterAnswer answer);
    }

    /** Reads a record; others than those of this source's letters are left out. */
    static void read(String source, byte[] key, byte[] value, Reader reader) {
        RequestRecords.read(
                source,
                key,
                value,
                Map.of(
                        REQUEST, (id, content) -> reader.request(request(source, id, content)),
                        ANSWER, (id, content) -> reader.answer(id, answer(content))));
    }

    private static LetterRequest request(String source, String id, JsonNode content) {
        return new LetterRequest(
                id,
                source,
                Action.valueOf(content.required("action").asText()),
                Optional.ofNullable(content.get(LETTER)).map(JsonNode::asText));
    }

    private static LetterAnswer answer(JsonNode content) {
        return new LetterAnswer(
                content.required("done").asBoolean(),
                content.required("delivered").asLong(),
                content.required("waiting").asLong(),
                content.required("text").asText());
    }
}
