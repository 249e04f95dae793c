package io.vaultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ClickHouseEndpoint;
import io.vaultline.devstack.endpoint.ServerKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The printed functions compute the golden vectors in ClickHouse; benchmarks/hash_engines.py does it in Trino and Spark. */
class HashFunctionsIT {
    private static final Path VECTORS =
            Path.of("../transforms/src/test/resources/io/vaultline/vault/hash/hash-vectors.json");

    /** So many in a query, which may not be larger than 256 KiB. */
    private static final int AT_ONCE = 50;

    @Test
    void clickHouseComputesEveryVector(@TempDir Path directory) throws Exception {
        StringWriter out = new StringWriter();
        Main.commandLine(new PrintWriter(out, true), new PrintWriter(out, true))
                .execute("ddl", "--hash-functions", "clickhouse");
        List<JsonNode> cases = StreamSupport.stream(
                        new ObjectMapper()
                                .readTree(VECTORS.toFile())
                                .required("cases")
                                .spliterator(),
                        false)
                .toList();
        assertThat(cases).hasSizeGreaterThan(200);
        try (Devstack stack = Devstack.builder()
                .directory(directory)
                .servers(EnumSet.of(ServerKind.CLICKHOUSE))
                .start()) {
            for (String statement : out.toString().split(";\n", 0)) {
                run(stack.endpoints().clickhouse(), statement);
            }
            List<String> computed = new ArrayList<>();
            for (int i = 0; i < cases.size(); i += AT_ONCE) {
                List<JsonNode> some = cases.subList(i, Math.min(i + AT_ONCE, cases.size()));
                computed.addAll(
                        run(stack.endpoints().clickhouse(), query(some)).lines().toList());
            }
            assertThat(computed)
                    .isEqualTo(cases.stream().map(HashFunctionsIT::expected).toList());
        }
    }

    private static String expected(JsonNode vector) {
        String line = vector.required("bytes").asText()
                + " " + vector.required("sha_256_128").asText()
                + " " + vector.required("md5").asText()
                + " " + vector.required("sha_256").asText();
        return line.toUpperCase(Locale.ROOT);
    }

    private static String run(ClickHouseEndpoint server, String statement) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.httpUrl()))
                .header("X-ClickHouse-User", server.user())
                .header("X-ClickHouse-Key", server.password())
                .POST(BodyPublishers.ofString(statement))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static String query(List<JsonNode> cases) {
        return "SELECT concat(hex(b), ' ', hex(vault1_hash(b)), ' ', hex(vault1_hash_md5(b)), ' ',"
                + " hex(vault1_hash_sha256(b))) FROM (SELECT arrayJoin(["
                + cases.stream().map(HashFunctionsIT::data).collect(Collectors.joining(", ")) + "]) AS b)";
    }

    private static String data(JsonNode vector) {
        List<String> parts = new ArrayList<>(List.of("''"));
        vector.required("parts").forEach(part -> parts.add(part(part)));
        return "concat(" + String.join(", ", parts) + ")";
    }

    private static String part(JsonNode part) {
        String type = part.required("type").asText();
        if (type.equals("UNAVAILABLE")) {
            return "vault1_unavailable()";
        } else if (type.equals("NULL")) {
            return function(part.required("of").asText()) + "(NULL)";
        }
        String value = literal(type, part.required("value").asText());
        for (JsonNode rule : part.path("rules")) {
            value = "vault1_" + rule.asText() + "(" + value + ")";
        }
        return function(type) + "(" + value + ")";
    }

    private static String function(String type) {
        String name = type.startsWith("DECIMAL") || type.equals("NUMERIC")
                ? "number"
                : type.startsWith("INT") ? "integer" : type.equals("JSON") ? "text" : type.toLowerCase(Locale.ROOT);
        return "vault1_" + name;
    }

    private static String literal(String type, String value) {
        return switch (type) {
            case "TEXT", "JSON", "NUMERIC" ->
                "unhex('" + HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8)) + "')";
            case "BYTES" -> "unhex('" + value + "')";
            case "BOOLEAN" -> value;
            case "DATE" -> "addDays(toDate32('1970-01-01'), " + value + ")";
            case "TIME" -> "toTime64(toDecimal64('" + value + "', 6) / 1000000, 6)";
            case "TIMESTAMP", "TIMESTAMP_TZ" -> "reinterpret(toInt64('" + value + "'), 'DateTime64(6, \\'UTC\\')')";
            case "UUID" -> "toUUID('" + value + "')";
            case "FLOAT32", "FLOAT64", "INT16", "INT32", "INT64" -> "to" + capitalized(type) + "('" + value + "')";
            default -> "CAST('" + value + "' AS " + capitalized(type) + ")";
        };
    }

    private static String capitalized(String type) {
        return type.charAt(0) + type.substring(1).toLowerCase(Locale.ROOT);
    }
}
