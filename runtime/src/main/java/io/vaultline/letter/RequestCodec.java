package io.vaultline.letter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vaultline.kafka.RequestKind;
import io.vaultline.kafka.RequestRecords;
import io.vaultline.letter.LetterRequest.Action;
import io.vaultline.service.Role;
import java.util.Optional;

/**
 * The records of the requests topic that are about dead letters. Keys are JSON arrays, {@code ["letters", source, id]} and
 * {@code ["letters-answer", source, id]}; values are JSON objects.
 */
public final class RequestCodec {
    private static final String REQUEST = "letters";
    private static final String ANSWER = "letters-answer";
    private static final String LETTER = "letter";

    /** Of requests about dead letters; each has one answer. */
    public static final RequestKind<LetterRequest, LetterAnswer> KIND =
            new RequestKind<>(REQUEST, ANSWER, RequestCodec::request, RequestCodec::answer, answer -> true);

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
                .put("role", request.role())
                .put("action", request.action().name());
        request.letter().ifPresent(letter -> node.put(LETTER, letter));
        request.partition().ifPresent(partition -> node.put("partition", partition));
        DecisionJson.write(node, request.author(), request.values());
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

    private static LetterRequest request(String source, String id, JsonNode content) {
        return new LetterRequest(
                id,
                content.path("role").asText(Role.CAPTURE.label()),
                source,
                Action.valueOf(content.required("action").asText()),
                Optional.ofNullable(content.get(LETTER)).map(JsonNode::asText),
                Optional.ofNullable(content.get("partition")).map(JsonNode::asText),
                DecisionJson.author(content),
                DecisionJson.values(content));
    }

    private static LetterAnswer answer(JsonNode content) {
        return new LetterAnswer(
                content.required("done").asBoolean(),
                content.required("delivered").asLong(),
                content.required("waiting").asLong(),
                content.required("text").asText());
    }
}
