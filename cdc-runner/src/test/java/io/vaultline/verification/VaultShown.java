package io.vaultline.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultline.config.ClickHouseConfig;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of the views as an analyst gets them: by SQL over HTTP, values turned into text by the server. */
final class VaultShown {
    private final ClickHouseConfig config;
    private final HttpClient client = HttpClient.newHttpClient();

    VaultShown(ClickHouseConfig config) {
        this.config = config;
    }

    /** The rows of a collection's view of the newest state. */
    List<Row> current(CollectionSchema schema) throws IOException, InterruptedException {
        String view = schema.id().name() + "_current";
        List<String> names = query("SELECT name FROM system.columns WHERE database = currentDatabase() AND table = '"
                        + view + "' ORDER BY position FORMAT JSONCompactEachRow")
                .stream()
                .map(row -> row.get(0).asText())
                .toList();
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = "`" + names.get(i).replace("\\", "\\\\").replace("`", "\\`") + "`";
            expressions.add("if(isNull(" + name + "), NULL, "
                    + text(schema.columns().get(i).type(), "assumeNotNull(" + name + ")") + ")");
        }
        return query("SELECT " + String.join(", ", expressions) + " FROM " + view + " FORMAT JSONCompactEachRow")
                .stream()
                .map(row -> row(schema, row))
                .toList();
    }

    private List<JsonNode> query(String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(config.url() + "/?database=" + config.vaultDatabase()))
                .header("X-ClickHouse-User", config.user())
                .header("X-ClickHouse-Key", config.password().reveal())
                .POST(BodyPublishers.ofString(query))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(response.body());
        }
        List<JsonNode> rows = new ArrayList<>();
        for (String line : response.body().split("\n", -1)) {
            if (!line.isEmpty()) {
                rows.add(new ObjectMapper().readTree(line));
            }
        }
        return rows;
    }

    private static String text(DataType type, String value) {
        if (type instanceof Decimal) {
            return "toString(" + value + ")";
        }
        return switch ((Simple) type) {
            case BOOLEAN, INT16, INT32, INT64, TIME, UUID -> "toString(" + value + ")";
            case DATE -> "toString(toInt32(" + value + "))";
            case TIMESTAMP, TIMESTAMP_TZ -> "toString(reinterpretAsInt64(" + value + "))";
            case FLOAT32, FLOAT64 -> "hex(reverse(reinterpretAsFixedString(" + value + ")))";
            case NUMERIC, TEXT, BYTES, JSON -> "hex(" + value + ")";
        };
    }

    private static Row row(CollectionSchema schema, JsonNode texts) {
        @Nullable Object[] values = new @Nullable Object[texts.size()];
        for (int i = 0; i < values.length; i++) {
            String text = texts.get(i).textValue();
            values[i] = text == null ? null : value(schema.columns().get(i).type(), text);
        }
        return new Row(schema, values);
    }

    private static Object value(DataType type, String text) {
        if (type instanceof Decimal decimal) {
            return new BigDecimal(text).setScale(decimal.scale());
        }
        return switch ((Simple) type) {
            case BOOLEAN -> Boolean.valueOf(text);
            case INT16, INT32, DATE -> Integer.valueOf(text);
            case INT64, TIMESTAMP, TIMESTAMP_TZ -> Long.valueOf(text);
            case TIME -> micros(text);
            case FLOAT32 -> Float.intBitsToFloat(HexFormat.fromHexDigits(text));
            case FLOAT64 -> Double.longBitsToDouble(HexFormat.fromHexDigitsToLong(text));
            case BYTES -> HexFormat.of().parseHex(text);
            case NUMERIC, TEXT, JSON -> new String(HexFormat.of().parseHex(text), StandardCharsets.UTF_8);
            case UUID -> UUID.fromString(text);
        };
    }

    /** Of {@code hours:minutes:seconds.micros}. */
    private static long micros(String time) {
        String[] parts = time.split("[:.]", 4);
        long seconds = 3_600 * Long.parseLong(parts[0]) + 60 * Long.parseLong(parts[1]) + Long.parseLong(parts[2]);
        return 1_000_000 * seconds + Long.parseLong(parts[3]);
    }
}
