package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultModel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does not fit its place, with its raw value, as sets of a version. */
class QuarantineTest {
    private static final String TABLE = "sat_purchases_quarantine";
    private static final String ID = "65a1b2c3d4e5f60718293a4b";
    private static final String FILE = """
        entities:
          - name: purchases
            quarantine: true
            satellites:
              - {name: items, array: items, sub-key: [product_id], columns: {product_id: int64, of.count: int32}}
        links:
          - {from: purchases, path: user_id, to: users}
          - {from: purchases, path: "items[].product_id", to: products}
        """;

    private final VaultModel model = model(FILE);
    private final Changes purchases = Changes.of(Shop.PURCHASES);

    @Test
    void aRowThatFitsSaysSoForEachPlace() {
        VaultRows rows = VaultRows.of(model, items("[{\"product_id\": 7, \"of\": {\"count\": 1}}]"));

        assertThat(rows.in(TABLE))
                .extracting(row -> row.get("place") + " " + row.get("set_number") + " " + row.get("value"))
                .containsExactlyInAnyOrder(
                        "sat_purchases_items 0 null",
                        "link_purchases_users 0 null",
                        "link_purchases_products 0 null",
                        "_misfits 0 null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5|sat_purchases_items items no_array 5",
                "{\"a\": 1}|sat_purchases_items items no_array {\"a\": 1}",
                "[{\"product_id\": 7}, 5]|sat_purchases_items items[2] no_object 5",
                "[{\"of\": {}}]|sat_purchases_items items[1].product_id no_sub_key {\"of\": {}}",
                "[null]|sat_purchases_items items[1].product_id no_sub_key null",
                "[{\"product_id\": 7, \"of\": {\"count\": 1.5}}]|sat_purchases_items items[1].of.count wrong_type 1.5",
                "[{\"product_id\": 7, \"of\": 3}]|sat_purchases_items items[1].of.count wrong_type 3",
                "[{\"product_id\": \"x\"}]|sat_purchases_items items[1].product_id wrong_type \"x\"",
                "[{\"product_id\": \"x\"}]|link_purchases_products items[1].product_id no_key \"x\"",
                "[{\"product_id\": {\"$date\": \"2024-01-01T00:00:00Z\"}}]"
                        + "|link_purchases_products items[1].product_id no_key {\"$date\": \"2024-01-01T00:00:00Z\"}",
                "[{\"product_id\": [7]}]|link_purchases_products items[1].product_id no_key [7]",
                "{\"a\": 1}|link_purchases_products items no_array {\"a\": 1}",
                "[[7]]|link_purchases_products items[1] no_object [7]"
            })
    void whatDoesNotFitIsNamedWithItsPathItsReasonAndItsValue(String items, String expected) {
        assertThat(findings(VaultRows.of(model, items(items)))).contains(expected);
    }

    @Test
    void whatIsMissingOrNullIsNotWrong() {
        assertThat(findings(VaultRows.of(model, items(null), items("null"), items("[]"))))
                .isEmpty();
        assertThat(findings(VaultRows.of(
                        model, purchases.created(ID, "{\"items\": null, \"$order\": [\"a\"]}", null, null, "new"))))
                .isEmpty();
    }

    @Test
    void aFieldThatDidNotFitItsColumnIsAMisfit() {
        VaultRows rows = VaultRows.of(
                model,
                purchases.created(
                        ID,
                        "{\"user_id\": \"five\", \"status\": {\"$numberLong\": \"5\"}, \"items\": [{\"product_id\":"
                                + " 1}]}",
                        null,
                        "[{\"product_id\": 1}]",
                        null));

        assertThat(findings(rows))
                .containsExactlyInAnyOrder(
                        "_misfits user_id wrong_type \"five\"",
                        "_misfits status wrong_type {\"$numberLong\": \"5\"}",
                        "link_purchases_users user_id no_key \"five\"");
        assertThat(rows.only("sat_purchases").get("_misfits"))
                .as("not lost there")
                .isNotNull();
    }

    /** Each element is a relation or in quarantine, and each has a row of its own whatever is wrong with it. */
    @Test
    void whatIsInQuarantineIsNotLostElsewhere() {
        String array = "[{\"product_id\": 7}, {\"product_id\": \"x\"}, 5]";
        VaultRows rows = VaultRows.of(model, items(array));

        assertThat(rows.in("sat_purchases_items")).hasSize(3);
        assertThat(rows.only("sat_purchases").get("items")).isEqualTo(array);
        assertThat(rows.in("link_purchases_products")).hasSize(1);
        assertThat(findings(rows).stream().filter(f -> f.startsWith("link_purchases_products")))
                .hasSize(2);
    }

    @Test
    void aPlaceThatWasNotSentKeepsItsSet() {
        VaultRows rows = VaultRows.of(model, items(Unavailable.VALUE));

        assertThat(rows.in(TABLE))
                .extracting(row -> row.get("place"))
                .containsExactly("link_purchases_users", "_misfits");
    }

    @Test
    void aRowThatMovedTakesTheSetsOfWhatWasNotSentAlong() {
        Row old = new Row(Shop.PURCHASES, ID, null, null, null, null).keyOnly();
        Row moved = new Row(Shop.PURCHASES, "other", null, 5L, Unavailable.VALUE, "new");
        ChangeHeader header = new ChangeHeader(Shop.PURCHASES, new CommitOrder(9, 1), 9, null);
        VaultRows rows =
                VaultRows.of(model, new RowDeleted(header, old, moved.keyOnly()), new RowCreated(header, moved, old));

        assertThat(rows.in(TABLE).subList(0, 4)).allMatch(row -> row.get("deleted") == Boolean.TRUE);
        assertThat(rows.in(TABLE).subList(4, 8))
                .extracting(row -> row.get("place") + " " + (row.get("moved_from") != null))
                .containsExactlyInAnyOrder(
                        "sat_purchases_items true",
                        "link_purchases_users false",
                        "link_purchases_products true",
                        "_misfits false");
    }

    @Test
    void nothingChangesWithoutIt() {
        VaultModel without = model(FILE.replace("    quarantine: true\n", ""));
        VaultRows expected = VaultRows.of(without, items("[{\"product_id\": \"x\"}, 5]"));
        VaultRows found = VaultRows.of(model, items("[{\"product_id\": \"x\"}, 5]"));

        assertThat(found.all().stream()
                        .filter(row -> !row.table().name().equals(TABLE))
                        .toList())
                .hasSameSizeAs(expected.all());
        assertThat(expected.in(TABLE)).isEmpty();
    }

    @Test
    void aQuarantineThatNothingCouldComeIntoIsRefused() {
        assertThatThrownBy(() -> model("entities: [{name: users, quarantine: true}]"))
                .hasMessageContaining("line 1, column 38: nothing of `users` could fail to fit");
        assertThatThrownBy(() -> model("entities: [{name: auth_events, quarantine: true}]"))
                .hasMessageContaining("`auth_events` has no key");
    }

    private DataChangeEvent items(@Nullable Object items) {
        return purchases.created(ID, null, 5L, items, "new");
    }

    private static List<String> findings(VaultRows rows) {
        return rows.in(TABLE).stream()
                .filter(row -> row.order("set_number") > 0)
                .map(row -> row.get("place") + " " + row.get("path") + " " + row.get("reason") + " " + row.get("value"))
                .toList();
    }

    private static VaultModel model(String file) {
        DeclaredModel declared = VaultFile.parse(file, "vault.yaml");
        VaultModel model = VaultInference.infer(Shop.schemas(), declared);
        declared.check(model);
        return model;
    }
}
