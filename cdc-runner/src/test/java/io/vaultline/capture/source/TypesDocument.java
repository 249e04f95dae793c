package io.vaultline.capture.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultline.clickhouse.wire.ClickHouseTypes;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.iceberg.table.IcebergTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The tables of {@code docs/types.md}, made of the code. {@code -Dtypes.write=true} writes them into the document; without
 * it, a document that says something else fails the test.
 */
public final class TypesDocument {
    /** Stands for every decimal: its digits are spelled {@code p} and {@code s} in the document. */
    public static final DataType ANY_DECIMAL = new DataType.Decimal(37, 13);

    private static final Path DOCUMENT = Path.of("..", "docs", "types.md");
    private static final String HEAD = """
            | %s | Vaultline | Avro | ClickHouse | Iceberg | exact? |
            |---|---|---|---|---|---|
            """;

    private TypesDocument() {}

    /**
     * One line: types of the source that are captured alike.
     *
     * @param source as the document names them
     * @param exact what of their values is kept and what is not, and why
     */
    public record Line(String source, DataType type, String exact) {}

    /** Compares, or writes, the table between the section's marks. */
    public static void check(String section, String source, List<Line> lines) throws IOException {
        String begin = "<!-- " + section + ": made by a test -->\n";
        String end = "<!-- end of " + section + " -->";
        String document = Files.readString(DOCUMENT);
        assertThat(document).contains(begin, end);
        int from = document.indexOf(begin) + begin.length();
        int to = document.indexOf(end, from);
        StringBuilder made = new StringBuilder(HEAD.formatted(source));
        for (Line line : lines) {
            made.append(row(line));
        }
        String table = made.toString();
        if (Boolean.getBoolean("types.write")) {
            Files.writeString(DOCUMENT, document.substring(0, from) + table + document.substring(to));
        } else {
            assertThat(document.substring(from, to))
                    .as("docs/types.md; run the test with -Dtypes.write=true to bring it up to date")
                    .isEqualTo(table);
        }
    }

    private static String row(Line line) throws IOException {
        String stores = "%s | %s | %s | %s"
                .formatted(
                        vaultline(line.type()),
                        avro(line.type()),
                        ClickHouseTypes.name(line.type()),
                        IcebergTypes.name(line.type()));
        String spelled =
                line.type().equals(ANY_DECIMAL) ? stores.replace("37", "p").replace("13", "s") : stores;
        return "| " + line.source() + " | " + spelled + " | " + line.exact() + " |\n";
    }

    private static String vaultline(DataType type) {
        return type instanceof DataType.Decimal decimal
                ? "DECIMAL(" + decimal.precision() + ", " + decimal.scale() + ")"
                : type.toString();
    }

    private static String avro(DataType type) throws IOException {
        CollectionSchema shape = new CollectionSchema(
                new CollectionId("s", "n", "c"),
                CollectionKind.TABLE,
                List.of(new Column("v", type, "any", true)),
                List.of(),
                List.of());
        JsonNode schema = new ObjectMapper().readTree(ChangeSchema.of(shape).valueJson());
        JsonNode value = schema.at("/fields/5/type/1/fields/0/type/1");
        String logical = value.path("logicalType").asText();
        String name = value.isTextual() ? value.asText() : value.path("type").asText();
        return logical.isEmpty() ? name : name + ", " + logical;
    }
}
