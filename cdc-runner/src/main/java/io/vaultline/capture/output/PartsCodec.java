package io.vaultline.capture.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vaultline.capture.output.SnapshotParts.Range;
import java.util.ArrayList;
import java.util.List;

/** The ranges of a snapshot's mark in its JSON: {@code "key": …, "ranges": [{"from": […], "to": […], "position": …}]}. */
final class PartsCodec {
    private static final String KEY = "key";
    private static final String RANGES = "ranges";

    private PartsCodec() {}

    static void write(ObjectNode mark, SnapshotParts parts) {
        mark.put(KEY, parts.key());
        ArrayNode ranges = mark.putArray(RANGES);
        for (Range range : parts.ranges()) {
            ObjectNode node = ranges.addObject();
            range.from().forEach(node.putArray("from")::add);
            range.to().forEach(node.putArray("to")::add);
            node.put("position", range.position());
        }
    }

    static SnapshotParts read(JsonNode mark) {
        if (!mark.has(KEY)) {
            return SnapshotParts.NONE;
        }
        List<Range> ranges = new ArrayList<>();
        for (JsonNode node : mark.required(RANGES)) {
            ranges.add(new Range(
                    texts(node.required("from")),
                    texts(node.required("to")),
                    node.required("position").asLong()));
        }
        return new SnapshotParts(mark.required(KEY).asText(), ranges);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
