package io.vaultline.letter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.letter.LetterRequest.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The records of the requests topic that are about dead letters. Keys are JSON arrays, {@code ["letters", source, id]} and
 * {@code ["letters-answer", source, id]}; values are JSON objects.
 */
public final class RequestCodec {
    private static final ObjectMapper JSON = new ObjectMapper();
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
        return bytes(JSON.createArrayNode().add(kind).add(request.source()).add(request.id()));
    }

    public static byte[] request(LetterRequest request) {
        ObjectNode node = JSON.createObjectNode().put("action", request.action().name());
        request.letter().ifPresent(letter -> node.put(LETTER, letter));
        return bytes(node);
    }

    public static byte[] answer(LetterAnswer answer) {
        return bytes(JSON.createObjectNode()
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
        try {
            JsonNode name = JSON.readTree(key);
            if (!name.required(1).asText().equals(source)) {
                return;
            }
            String id = name.required(2).asText();
            if (name.required(0).asText().equals(REQUEST)) {
                reader.request(request(source, id, JSON.readTree(value)));
            } else if (name.required(0).asText().equals(ANSWER)) {
                reader.answer(id, answer(JSON.readTree(value)));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new PipelineException(
                    ErrorCode.RECORD_UNREADABLE,
                    "A record of the requests topic is none of ours",
                    "requests topic, source " + source,
                    "Check that no other program writes to this topic.",
                    e);
        }
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

    private static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
