package io.vaultline.capture.resnapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vaultline.capture.resnapshot.ResnapshotAnswer.Status;
import io.vaultline.event.CollectionId;
import io.vaultline.kafka.RequestKind;
import io.vaultline.kafka.RequestRecords;
import java.util.Optional;

/**
 * The records of the requests topic. Keys are JSON arrays, {@code ["resnapshot", source, id]} and {@code ["answer",
 * source, id]}; values are JSON objects.
 */
public final class ResnapshotCodec {
    private static final String REQUEST = "resnapshot";
    private static final String ANSWER = "answer";
    private static final String WHERE = "where";

    /** Of requests to read again; answers say how far they are. */
    public static final RequestKind<ResnapshotRequest, ResnapshotAnswer> KIND = new RequestKind<>(
            REQUEST,
            ANSWER,
            ResnapshotCodec::request,
            ResnapshotCodec::answer,
            answer -> answer.status().isFinal());

    private ResnapshotCodec() {}

    public static byte[] requestKey(ResnapshotRequest request) {
        return key(REQUEST, request);
    }

    public static byte[] answerKey(ResnapshotRequest request) {
        return key(ANSWER, request);
    }

    private static byte[] key(String kind, ResnapshotRequest request) {
        return RequestRecords.key(kind, request.collection().source(), request.id());
    }

    public static byte[] request(ResnapshotRequest request) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("namespace", request.collection().namespace())
                .put("collection", request.collection().name());
        request.where().ifPresent(where -> node.put(WHERE, where));
        return RequestRecords.bytes(node);
    }

    public static byte[] answer(ResnapshotAnswer answer) {
        return RequestRecords.bytes(JsonNodeFactory.instance
                .objectNode()
                .put("status", answer.status().name())
                .put("rows", answer.rows())
                .put("position", answer.position())
                .put("text", answer.text()));
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
}
