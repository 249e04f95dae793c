package io.vaultline.capture.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CommitOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The records of the offsets topic. Keys are JSON arrays, {@code ["position", source]}, {@code ["owner", source]} and
 * {@code ["snapshot", source, namespace, collection]}; values are JSON objects, which also name the end offsets that moved since the last watermark.
 */
final class StateCodec {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POSITION = "position";
    private static final String SNAPSHOT = "snapshot";
    private static final String OWNER = "owner";
    private static final String ENDS = "ends";

    private StateCodec() {}

    static byte[] positionKey(String source) {
        return bytes(JSON.createArrayNode().add(POSITION).add(source));
    }

    static byte[] position(StreamPosition position, Map<String, Long> ends) {
        ObjectNode node = JSON.createObjectNode()
                .put("commitPosition", position.order().commitPosition())
                .put("ordinal", position.order().ordinal());
        ObjectNode offset = node.putObject("offset");
        new TreeMap<>(position.offset()).forEach((name, value) -> offset.set(name, JSON.valueToTree(value)));
        return bytes(with(node, ends));
    }

    static byte[] ownerKey(String source) {
        return bytes(JSON.createArrayNode().add(OWNER).add(source));
    }

    static byte[] owner(String id) {
        return bytes(with(JSON.createObjectNode().put("id", id), Map.of()));
    }

    static byte[] snapshotKey(CollectionId id) {
        return bytes(JSON.createArrayNode()
                .add(SNAPSHOT)
                .add(id.source())
                .add(id.namespace())
                .add(id.name()));
    }

    static byte[] snapshot(SnapshotMark mark, Map<String, Long> ends) {
        ObjectNode node = JSON.createObjectNode()
                .put(POSITION, mark.position())
                .put("identity", mark.identity())
                .put("complete", mark.complete());
        if (!mark.parts().equals(SnapshotParts.NONE)) {
            PartsCodec.write(node, mark.parts());
        }
        return bytes(with(node, ends));
    }

    private static ObjectNode with(ObjectNode node, Map<String, Long> ends) {
        ObjectNode offsets = node.putObject(ENDS);
        new TreeMap<>(ends).forEach(offsets::put);
        return node;
    }

    /** Adds a record's content to what is known of a source; records of other sources are left out. */
    static void read(String source, byte[] key, byte[] value, StateBuilder state) {
        try {
            ArrayNode name = (ArrayNode) JSON.readTree(key);
            if (!name.required(1).asText().equals(source)) {
                return;
            }
            JsonNode content = JSON.readTree(value);
            state.ends(ends(content));
            if (name.get(0).asText().equals(POSITION)) {
                state.position(position(content));
            } else if (name.get(0).asText().equals(SNAPSHOT)) {
                state.snapshot(mark(name, content));
            } else if (name.get(0).asText().equals(OWNER)) {
                state.owner(content.required("id").asText());
            }
        } catch (java.io.IOException | ClassCastException | IllegalArgumentException e) {
            throw new PipelineException(
                    ErrorCode.RECORD_UNREADABLE,
                    "A record of the offsets topic is none of ours",
                    "offsets topic, source " + source,
                    "Check that no other program writes to this topic.",
                    e);
        }
    }

    private static Map<String, Long> ends(JsonNode node) {
        Map<String, Long> ends = new HashMap<>();
        node.required(ENDS)
                .properties()
                .forEach(end -> ends.put(end.getKey(), end.getValue().asLong()));
        return ends;
    }

    private static StreamPosition position(JsonNode node) throws JsonProcessingException {
        @SuppressWarnings("unchecked") // a JSON object is read as a map of strings to plain values
        Map<String, Object> offset = JSON.treeToValue(node.required("offset"), Map.class);
        offset.replaceAll((name, value) -> value instanceof Integer number ? (Object) number.longValue() : value);
        return new StreamPosition(
                new CommitOrder(
                        node.required("commitPosition").asLong(),
                        node.required("ordinal").asLong()),
                offset);
    }

    private static SnapshotMark mark(ArrayNode key, JsonNode node) {
        CollectionId id = new CollectionId(
                key.required(1).asText(),
                key.required(2).asText(),
                key.required(3).asText());
        return new SnapshotMark(
                id,
                node.required(POSITION).asLong(),
                node.required("identity").asText(),
                node.path("complete").asBoolean(true),
                PartsCodec.read(node));
    }

    private static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Collects what the records say; a later record wins. */
    interface StateBuilder {
        void position(StreamPosition position);

        void snapshot(SnapshotMark mark);

        void ends(Map<String, Long> offsets);

        void owner(String id);
    }
}
