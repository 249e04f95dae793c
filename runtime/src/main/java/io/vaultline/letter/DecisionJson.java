package io.vaultline.letter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who decided what, as JSON. */
final class DecisionJson {
    private static final String BY = "by";
    private static final String REASON = "reason";
    private static final String MICROS = "micros";
    private static final String VALUES = "values";

    private DecisionJson() {}

    static void write(ObjectNode node, Author author, Map<String, Optional<String>> values) {
        node.put(BY, author.name()).put(REASON, author.reason()).put(MICROS, author.micros());
        if (!values.isEmpty()) {
            ObjectNode object = node.putObject(VALUES);
            values.forEach((column, value) -> object.put(column, value.orElse(null)));
        }
    }

    static Author author(JsonNode node) {
        return new Author(
                node.path(BY).asText(""),
                node.path(REASON).asText(""),
                node.path(MICROS).asLong());
    }

    static Map<String, Optional<String>> values(JsonNode node) {
        Map<String, Optional<String>> values = new HashMap<>();
        node.path(VALUES)
                .properties()
                .forEach(entry -> values.put(
                        entry.getKey(),
                        entry.getValue().isNull()
                                ? Optional.empty()
                                : Optional.of(entry.getValue().asText())));
        return values;
    }
}
