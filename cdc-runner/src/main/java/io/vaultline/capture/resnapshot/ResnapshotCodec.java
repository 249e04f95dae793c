package io.vaultline.capture.resnapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vaultline.capture.resnapshot.ResnapshotAnswer.Status;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The records of the requests topic. Keys are JSON arrays, {@code ["resnapshot", source, id]} and {@code ["answer",
 * source, id]}; values are JSON objects.
 */
public final class ResnapshotCodec {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REQUEST = "resnapshot";
    private static final String ANSWER = "answer";
    private static final String WHERE = "where";

    private ResnapshotCodec() {}

    public static byte[] requestKey(ResnapshotRequest request) {
        return key(REQUEST, request);
    }

    public static byte[] answerKey(ResnapshotRequest request) {
        return key(ANSWER, request);
    }

    private static byte[] key(String kind, ResnapshotRequest request) {
        return bytes(JSON.createArrayNode()
                .add(kind)
                .add(request.collection().source())
                .add(request.id()));
    }

    public static byte[] request(ResnapshotRequest request) {
        ObjectNode node = JSON.createObjectNode()
                .put("namespace", request.collection().namespace())
                .put("collection", request.collection().name());
        request.where().ifPresent(where -> node.put(WHERE, where));
        return bytes(node);
    }

    public static byte[] answer(ResnapshotAnswer answer) {
        return bytes(JSON.createObjectNode()
                .put("status", answer.status().name())
                .put("rows", answer.rows())
                .put("position", answer.position())
                .put("text", answer.text()));
    }

    /** Takes what a record says. */
    interface Reader {
        void request(ResnapshotRequest request);

        void answer(String id, ResnapshotAnswer answer);
    }

    /** Reads a record; one of another source is left out. @throws PipelineException if it is none of ours */
    static void read(String source, byte[] key, byte[] value, Reader reader) {
        try {
            JsonNode name = JSON.readTree(key);
            if (!name.required(1).asText().equals(source)) {
                return;
            }
            JsonNode content = JSON.readTree(value);
            String id = name.required(2).asText();
            if (name.required(0).asText().equals(REQUEST)) {
                reader.request(request(source, id, content));
            } else if (name.required(0).asText().equals(ANSWER)) {
                reader.answer(id, answer(content));
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

    private static ResnapshotRequest request(String source, String id, JsonNode content) {
        CollectionId collection = new CollectionId(
                source,
                content.required("namespace").asText(),
                content.required("collection").asText());
        return new ResnapshotRequest(
                id, collection, Optional.ofNullable(content.get(WHERE)).map(JsonNode::asText));
    }

    private static ResnapshotAnswer answer(JsonNode content) {
        return new ResnapshotAnswer(
                Status.valueOf(content.required("status").asText()),
                content.required("rows").asLong(),
                content.required("position").asLong(),
                content.required("text").asText());
    }

    private static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
