package io.vaultline.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.Watermark;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The records of the control topic: the key is the source's name in UTF-8, the value JSON. */
public final class WatermarkCodec {
    private static final ObjectMapper JSON = new ObjectMapper();

    private WatermarkCodec() {}

    /** The record's key. */
    public static byte[] key(String source) {
        return source.getBytes(StandardCharsets.UTF_8);
    }

    /** The record's value. */
    public static byte[] encode(Watermark watermark) {
        ObjectNode node = JSON.createObjectNode()
                .put("source", watermark.source())
                .put("commitPosition", watermark.commitPosition())
                .put("commitMicros", watermark.commitMicros());
        ObjectNode offsets = node.putObject("endOffsets");
        new TreeMap<>(watermark.endOffsets()).forEach(offsets::put);
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a value. @throws PipelineException with {@code RECORD_UNREADABLE} if it is none of ours */
    public static Watermark decode(byte[] value) {
        try {
            ObjectNode node = (ObjectNode) JSON.readTree(new String(value, StandardCharsets.UTF_8));
            Map<String, Long> offsets = new HashMap<>();
            node.required("endOffsets")
                    .properties()
                    .forEach(e -> offsets.put(e.getKey(), e.getValue().asLong()));
            return new Watermark(
                    node.required("source").asText(),
                    node.required("commitPosition").asLong(),
                    node.required("commitMicros").asLong(),
                    offsets);
        } catch (JsonProcessingException | IllegalArgumentException | ClassCastException e) {
            throw new PipelineException(
                    ErrorCode.RECORD_UNREADABLE,
                    "A record of the control topic is no watermark",
                    "control topic",
                    "Check that no other program writes to this topic; delete it to have it rewritten.",
                    e);
        }
    }
}
