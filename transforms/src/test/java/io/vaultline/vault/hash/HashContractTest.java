package io.vaultline.vault.hash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HashContractTest {
    private static final HexFormat HEX = HexFormat.of();

    static Stream<JsonNode> values() throws IOException {
        return vectors("values");
    }

    static Stream<JsonNode> hashes() throws IOException {
        return vectors("hashes");
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueHasTheBytesOfItsVector(JsonNode vector) {
        DataType type = type(text(vector, "type"));

        byte[] bytes = CanonicalValue.bytes(type, Objects.requireNonNull(value(type, text(vector, "value"))));

        assertThat(HEX.formatHex(bytes)).isEqualTo(text(vector, "bytes"));
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void partsHaveTheHashOfTheirVector(JsonNode vector) {
        HashContract contract = new HashContract();
        contract.text("what an earlier hash left behind").hash();

        contract.start();
        vector.get("parts").forEach(part -> add(contract, part));

        assertThat(contract.mark()).isEqualTo(text(vector, "bytes").length() / 2);
        assertThat(HEX.formatHex(contract.hash())).isEqualTo(text(vector, "hash"));
    }

    @Test
    void partsHaveTheHashesOfTheirCaseByEachAlgorithm() throws IOException {
        List<JsonNode> cases = vectors("cases").toList();
        assertThat(cases).hasSizeGreaterThan(200);
        for (HashAlgorithm algorithm : HashAlgorithm.values()) {
            HashContract contract = new HashContract(algorithm);
            for (JsonNode vector : cases) {
                contract.start();
                vector.get("parts").forEach(part -> add(contract, part));
                assertThat(contract.mark()).isEqualTo(text(vector, "bytes").length() / 2);
                assertThat(contract.hash()).hasSize(algorithm.bytes());
                assertThat(HEX.formatHex(contract.hash()))
                        .as("%s of %s", algorithm, vector.get("parts"))
                        .isEqualTo(text(vector, algorithm.name().toLowerCase(Locale.ROOT)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void theDocumentationShowsTheVector(JsonNode vector) throws IOException {
        String page = Files.readString(Path.of("../docs/hash-contract.md"));

        assertThat(page).contains(text(vector, "name"), text(vector, "bytes"), text(vector, "hash"));
    }

    @Test
    void aHashKeyIsMadeOfTheSourceAndTheBusinessKey() {
        byte[] key = new HashContract().hashKey("pg", List.of(Simple.TEXT, Simple.TEXT), "a", "bc");

        assertThat(HEX.formatHex(key)).isEqualTo("5752bdaa62d7331becea3272005ce66e");
    }

    private static Stream<JsonNode> vectors(String group) throws IOException {
        try (InputStream file = HashContractTest.class.getResourceAsStream("hash-vectors.json")) {
            JsonNode root = new ObjectMapper().readTree(file);
            assertThat(root.get("version").asInt()).isEqualTo(HashContract.VERSION);
            return StreamSupport.stream(root.get(group).spliterator(), false);
        }
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).textValue();
    }

    private static void add(HashContract contract, JsonNode part) {
        String type = text(part, "type");
        switch (type) {
            case "NULL" -> contract.value(Simple.TEXT, null);
            case "UNAVAILABLE" -> contract.value(Simple.TEXT, Unavailable.VALUE);
            default -> contract.value(type(type), value(type(type), ruled(part)));
        }
    }

    private static String ruled(JsonNode part) {
        String value = text(part, "value");
        for (JsonNode rule : part.path("rules")) {
            value = TextRule.valueOf(rule.textValue().toUpperCase(Locale.ROOT)).apply(value);
        }
        return value;
    }

    private static DataType type(String name) {
        if (!name.startsWith("DECIMAL")) {
            return Simple.valueOf(name);
        }
        String[] numbers =
                name.substring("DECIMAL(".length(), name.length() - 1).split(",", 2);
        return new Decimal(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }

    private static @Nullable Object value(DataType type, String text) {
        if (!(type instanceof Simple simple)) {
            return new BigDecimal(text);
        }
        return switch (simple) {
            case BOOLEAN -> Boolean.valueOf(text);
            case INT16, INT32, DATE -> Integer.valueOf(text);
            case INT64, TIME, TIMESTAMP, TIMESTAMP_TZ -> Long.valueOf(text);
            case FLOAT32 -> Float.valueOf(text);
            case FLOAT64 -> Double.valueOf(text);
            case NUMERIC, TEXT, JSON -> text;
            case BYTES -> HEX.parseHex(text);
            case UUID -> UUID.fromString(text);
        };
    }
}
