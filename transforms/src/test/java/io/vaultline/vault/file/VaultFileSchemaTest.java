package io.vaultline.vault.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vaultline.error.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema says what the reader does. */
class VaultFileSchemaTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(VaultFileSchema.text());

    @Test
    void itHasEveryKeyThatIsReadAndNoOther() throws IOException {
        JsonNode tree = new ObjectMapper().readTree(VaultFileSchema.text());

        assertThat(VaultFile.KEYS).hasSize(12);
        VaultFile.KEYS.forEach((kind, keys) -> {
            JsonNode definition = kind.equals("file") ? tree : tree.at("/$defs/" + kind);
            assertThat(definition.path("additionalProperties").asBoolean(true))
                    .as(kind)
                    .isFalse();
            assertThat(definition.path("properties").fieldNames())
                    .toIterable()
                    .as(kind)
                    .containsExactlyInAnyOrderElementsOf(keys);
        });
    }

    @Test
    void itHasTheNamesAndTypesThatAreRead() throws IOException {
        JsonNode tree = new ObjectMapper().readTree(VaultFileSchema.text());
        List<String> types = new ArrayList<>();
        tree.at("/$defs/keyType/enum").forEach(type -> types.add(type.asText()));

        assertThat(types).containsExactlyInAnyOrderElementsOf(DeclaredHub.TYPES.keySet());
        List<String> rules = new ArrayList<>();
        tree.at("/$defs/text/items/enum").forEach(rule -> rules.add(rule.asText()));
        assertThat(rules).containsExactlyInAnyOrderElementsOf(HubSection.TEXT_RULES.keySet());
        List<String> algorithms = new ArrayList<>();
        tree.at("/$defs/hash/properties/algorithm/enum").forEach(name -> algorithms.add(name.asText()));
        assertThat(algorithms).containsExactlyInAnyOrderElementsOf(HeadSection.ALGORITHMS.keySet());
        assertThat(tree.at("/$defs/name/pattern").asText()).isEqualTo("^" + NameRules.NAME.pattern() + "$");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleInTheDocumentationIsAccepted(String example) {
        assertThat(schema.validate(example, InputFormat.YAML)).isEmpty();
        VaultFile.parse(example, "example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hub: []",
                "hubs: 5",
                "hash: md5",
                "hash: {}",
                "hash: {algorithm: sha1}",
                "ghost-records: 1",
                "entities: [{name: a, hub: B}]",
                "entities: [{name: a, as: hub}]",
                "hubs: [{name: a}]",
                "hubs: [{name: A, key: b}]",
                "hubs: [{name: a, key: b, type: int}]",
                "hubs: [{name: a, key: b, text: [wide]}]",
                "hubs: [{name: a, key: []}]",
                "hubs: [{name: a, key: [b]}]",
                "hubs: [{name: a, key: [{name: b, type: int}]}]",
                "links: [{from: a, path: [], to: b}]",
                "entities: [{}]",
                "entities: [{name: a, satellites: [{name: b}]}]",
                "entities: [{name: a, satellites: [{name: b, columns: [x], except: [y]}]}]",
                "entities: [{name: a, satellites: [{name: b, array: c}]}]",
                "entities: [{name: a, satellites: [{name: b, array: c, columns: {d: int}}]}]",
                "entities: [{name: a, satellites: [{name: b, array: c, columns: [d]}]}]",
                "links: [{from: a, path: b}]",
                "links: [text]",
                "links: [{from: a, ends: []}]",
                "links: [{from: a, path: b, to: c, ends: [{path: b, to: c}]}]",
                "links: [{from: a, path: b, to: c, role: D}]",
                "links: [{from: a, path: b, to: c, satellite: {x: {type: text}}}]",
                "same-as: [{}]",
                "same-as: [{hub: a, from: b}]",
                "same-as: [{hub: a, duplicate: b, master: c}]"
            })
    void whatTheReaderRefusesTheSchemaRefuses(String text) {
        assertThat(schema.validate(text, InputFormat.YAML)).isNotEmpty();
        assertThat(catchThrowable(() -> VaultFile.parse(text, "file"))).isInstanceOf(PipelineException.class);
    }

    @Test
    void whatIsWrittenIsAcceptedAndReadBack() {
        String text = VaultFileText.of(VaultFile.parse("""
                hash: {algorithm: md5}
                ghost-records: true
                hubs:
                  - {name: account, key: account_id, type: int64, collision-code: "bank\\n'1'"}
                  - {name: line, key: [{name: order_id, type: int64}, {name: code, text: [trim, lower]}]}
                  - {name: email, key: address, text: [upper]}
                entities:
                  - {name: users, key: [user_id], hub: account, satellites: [{name: private, columns: [e mail, "yes"]}]}
                  - {name: categories, as: reference}
                  - {name: products, satellites: [{name: rest, except: []}]}
                  - {name: purchases, satellites: [{name: items, array: of.items, sub-key: [id],
                     columns: {id: int64, "a.b": "decimal(4,2)", ".": json}}]}
                links:
                  - {from: customers, path: "accounts[].nr", to: account}
                  - {from: customers, path: ["a[].nr", "a[].code"], to: line}
                  - {from: people, path: boss, to: people, role: superior, name: reports_to}
                  - from: purchases
                    name: sale
                    ends:
                      - {path: user_id, to: users}
                      - {path: "items[].product_id", to: products, role: product}
                    degenerate: ["items[].line_no"]
                    satellite: {note: note, quantity: {path: "items[].quantity", type: "decimal(9, 3)"}}
                same-as:
                  - {hub: users}
                  - {hub: line, from: merges, duplicate: [a, b], master: [c, d]}
                """, "first"));

        assertThat(schema.validate(text, InputFormat.YAML)).isEmpty();
        assertThat(VaultFileText.of(VaultFile.parse(text, "second"))).isEqualTo(text);
        assertThat(VaultFile.parse(text, "second").hubs().get(0).collisionCode())
                .isEqualTo("bank\n'1'");
    }

    /** The blocks of YAML in {@code docs/vault.md}. */
    static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        Matcher block = EXAMPLE.matcher(Files.readString(DOCS.resolve("vault.md")));
        while (block.find()) {
            examples.add(block.group(1));
        }
        assertThat(examples).isNotEmpty();
        return examples;
    }
}
