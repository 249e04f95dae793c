package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.error.PipelineException;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.file.VaultFileText;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.ComputedSpec;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns that views compute: what the file can say of them, and that nothing else follows from it. */
class ComputedColumnTest {
    private static final String FILE = """
            entities:
              - name: products
                computed:
                  - {name: dear, type: boolean, is: "price > 100"}
                  - {name: gross, type: "decimal(14, 2)", is: price * 1.19}
              - {name: categories, as: reference, computed: [{name: top, type: boolean, is: parent_id is null}]}
              - {name: auth_events, as: event, computed: [{name: year, type: int16, is: year(at)}]}
            """;

    @Test
    void theyBelongToTheEntityAndToNoTable() {
        DeclaredModel declared = VaultFile.parse(FILE, "vault.yaml");
        VaultModel model = VaultInference.infer(Shop.schemas(), declared);
        declared.check(model);

        assertThat(model.entities().stream().flatMap(entity -> entity.computed().stream()))
                .extracting(ComputedSpec::name)
                .containsExactlyInAnyOrder("dear", "gross", "top", "year");
        assertThat(entity(model, "products").computed().get(1).type()).isEqualTo(new Decimal(14, 2));
        assertThat(new VaultTables(model).all().toString()).doesNotContain("dear", "gross", "top");
    }

    @Test
    void theFileThatIsPrintedSaysThem() {
        DeclaredModel declared = VaultFile.parse(FILE, "vault.yaml");
        String text = VaultFileText.of(declared);

        assertThat(VaultFileText.of(VaultFile.parse(text, "vault.yaml"))).isEqualTo(text);
        assertThat(text).contains("computed: [{name: dear, type: boolean, is: 'price > 100'}, ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {name: x, type: text, is: descripton} | line 1, column 66: unknown column `descripton`; did you mean `description`?
            {name: x, type: text, is: lowr(description)} | unknown function `lowr`; did you mean `lower`?
            {name: x, type: text, is: price +} | line 1, column 66: at character 8 of `is`: it ends where a value
            {name: x, type: text, is: price} | line 1, column 66: `is` makes a number, and `x` is to be text
            {name: x, type: text, is: attributes} | at character 1 of `is`: `attributes` is JSON, which no expression
            {name: price, type: text, is: description} | line 1, column 47: `products` has a column `price` of its own
            {name: valid_to, type: text, is: description} | `products` has a column `valid_to` of its own
            {name: x, type: json, is: description} | unknown type of a computed column `json`
            {name: x, is: description} | line 1, column 40: `type` is missing
            {name: X, type: text, is: description} | `X` can't be a name
            """)
    void whatTheyCanNotBeIsSaid(String statement, String problem) {
        assertThat(problems("entities: [{name: products, computed: [" + statement + "]}]"))
                .contains(problem);
    }

    private static String problems(String text) {
        try {
            DeclaredModel declared = VaultFile.parse(text, "vault.yaml");
            VaultModel model = VaultInference.infer(Shop.schemas(), declared);
            assertThat(entity(model, "products").computed()).as("passed over").isEmpty();
            return String.join("\n", declared.unmet(model));
        } catch (PipelineException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static EntitySpec entity(VaultModel model, String name) {
        return model.entities().stream()
                .filter(entity -> entity.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
