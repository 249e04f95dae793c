package io.vaultline.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.vault.Shapes;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.inference.VaultInference;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SetProposalsTest {
    private static final CollectionSchema PURCHASES = Shapes.documents("purchases")
            .column("items", Simple.JSON)
            .column("tags", Simple.JSON)
            .schema();

    @Test
    void anArrayOfDocumentsIsASatelliteWithARowForEachElement() {
        List<SetProposal> found =
                propose(i -> "[{\"product_id\": %d, \"price\": 9.5, \"gift\": true, \"size\": {\"w\": 1}},".formatted(i)
                        + "{\"product_id\": %d, \"price\": 2, \"note\": \"x\", \"gift\": false}]".formatted(i + 1));

        assertThat(found).hasSize(1);
        SetProposal proposal = found.get(0);
        assertThat(proposal.arrays()).containsExactly("items");
        assertThat(proposal.statement())
                .isEqualTo("{name: purchases, satellites: [{name: items, array: items, sub-key: [product_id],"
                        + " columns: {gift: boolean, note: text, price: decimal, product_id: int64}}]}");
        assertThat(proposal.reason())
                .isEqualTo("purchases.items holds 40 documents in 20 sampled rows, told apart by product_id;"
                        + " confidence 1.00");
        assertThat(VaultFile.parse("entities:\n  - " + proposal.statement(), "printed")
                        .entities())
                .hasSize(1);
    }

    @Test
    void withoutAFieldThatTellsElementsApartThereIsNoSubKey() {
        assertThat(propose(i -> "[{\"product_id\": 1, \"n\": 1}, {\"product_id\": 1, \"n\": 2}]"))
                .singleElement()
                .satisfies(proposal -> assertThat(proposal.statement()).doesNotContain("sub-key"));
    }

    @Test
    void anArrayOfPlainValuesOrOfOtherThingsToIsNone() {
        assertThat(propose(i -> "[" + i + "]")).isEmpty();
        assertThat(propose(i -> i % 2 == 0 ? "[{\"a\": 1}]" : "[\"x\"]")).isEmpty();
        assertThat(propose(i -> "[{\"a\": [1]}]")).isEmpty();
    }

    @Test
    void aFileTakesTheProposalOnceAndKeepsWhatItSays() {
        List<SetProposal> sets = propose(i -> "[{\"sku\": \"s%d\"}, {\"sku\": \"t%d\"}]".formatted(i, i));

        FileMerge.Merged first = FileMerge.merge("links: []\n", "vault.yaml", List.of(), sets);
        FileMerge.Merged second = FileMerge.merge(first.text(), "vault.yaml", List.of(), sets);
        FileMerge.Merged refused =
                FileMerge.merge(first.text().replace("  - {name", "  # - {name"), "vault.yaml", List.of(), sets);
        FileMerge.Merged beside =
                FileMerge.merge("entities:\n  - {name: purchases}   # mine\n", "vault.yaml", List.of(), sets);

        assertThat(first.text()).isEqualTo("""
                links: []
                entities:
                  # purchases.items holds 40 documents in 20 sampled rows, told apart by sku; confidence 1.00
                  - {name: purchases, satellites: [{name: items, array: items, sub-key: [sku], columns: {sku: text}}]}
                """);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(refused.added()).isZero();
        assertThat(beside.text())
                .startsWith("entities:\n  - {name: purchases}   # mine\n  # purchases.items holds")
                .contains("\n  # - {name: purchases, satellites: ");
    }

    private static List<SetProposal> propose(IntFunction<String> items) {
        List<Row> rows = IntStream.range(0, 20)
                .mapToObj(i -> new Row(PURCHASES, "id" + i, null, items.apply(i), "[\"a\", \"b\"]"))
                .toList();
        return SetProposals.of(
                VaultInference.infer(List.of(PURCHASES), DeclaredModel.none()),
                Map.of(PURCHASES.id(), CollectionProfile.of(PURCHASES, rows)));
    }
}
