package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultModel;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hubs of several columns, and of texts by rules. */
class DeclaredHubTest {
    private static final CollectionSchema SHIPMENTS = Shapes.table("shipments")
            .key("shipment_id", Simple.INT64)
            .column("order_id", Simple.INT32)
            .column("line_no", Simple.TEXT)
            .schema();
    private static final CollectionSchema RETURNS = Shapes.documents("returns")
            .column("order_id", Simple.INT64)
            .column("lines", Simple.JSON)
            .schema();
    private static final String HUB = """
            hubs:
              - name: order_line
                key:
                  - {name: order_id, type: int64}
                  - {name: line_no, type: int32}
            links:
            """;

    private final VaultModel shipments =
            model(HUB + "  - {from: shipments, path: [order_id, line_no], to: order_line}", SHIPMENTS);
    private final VaultModel elements =
            model(HUB + "  - {from: returns, path: ['lines[].order', 'lines[].line'], to: order_line}", RETURNS);
    private final VaultModel around =
            model(HUB + "  - {from: returns, path: [order_id, 'lines[].line'], to: order_line}", RETURNS);
    private final Changes changes = Changes.of(SHIPMENTS);
    private final Changes returns = Changes.of(RETURNS);

    @Test
    void aKeyOfSeveralColumnsIsOneHub() {
        VaultRows rows = VaultRows.of(shipments, changes.created(1L, 10248, "3"));

        VaultRow hub = rows.only("hub_order_line");
        assertThat(hub.get("order_id")).isEqualTo(10248L);
        assertThat(hub.get("line_no")).isEqualTo(3);
        assertThat(hub.get("order_line_hk"))
                .isEqualTo(
                        hex(new HashContract().hashKey("order_line", List.of(Simple.INT64, Simple.INT32), 10248L, 3)));
        assertThat(rows.only("link_shipments_order_line").get("order_line_hk")).isEqualTo(hub.get("order_line_hk"));
        assertThat(rows.only("link_shipments_order_line").get("shipments_order_line_hk"))
                .isEqualTo(hex(new HashContract()
                        .start()
                        .text("pg")
                        .value(Simple.INT64, 1L)
                        .text("order_line")
                        .value(Simple.INT64, 10248L)
                        .value(Simple.INT32, 3)
                        .hash()));
    }

    @Test
    void aKeyThatLacksAPartIsNoRelation() {
        VaultRows rows = VaultRows.of(
                shipments,
                changes.created(1L, 10248, "3"),
                changes.updated(1L, null, "3"),
                changes.updated(1L, 10248, null),
                changes.updated(1L, 10248, "three"),
                changes.updated(1L, Unavailable.VALUE, null),
                changes.deleted(1L, null, null));

        assertThat(rows.in("hub_order_line")).hasSize(1);
        assertThat(rows.in("sat_shipments_order_line_effectivity"))
                .extracting(row -> row.get("active"))
                .containsExactly(true, false, false, false, false, false);
    }

    @Test
    void aPartThatWasNotSentLeavesTheRelationAsItIs() {
        VaultRows rows = VaultRows.of(shipments, changes.updated(1L, Unavailable.VALUE, "3"));

        assertThat(rows.in("sat_shipments_order_line_effectivity")).isEmpty();
    }

    @Test
    void partsInOneElementMakeAKeyWhateverTheirOrder() {
        VaultRows rows = VaultRows.of(elements, returns.created("r", null, null, """
                [{"order": 1, "line": 2}, {"line": "4", "order": {"$numberLong": "3"}}, {"order": 1, "line": 2},
                 {"order": 5}, {"line": 6}, {"order": [7], "line": 7}, 8, null]"""));

        assertThat(keys(rows)).containsExactly("1 2", "3 4");
        assertThat(rows.in("sat_returns_order_line_effectivity"))
                .extracting(row -> row.get("active"))
                .containsExactly(true, true);
    }

    @Test
    void elementsWithoutAWholeKeyAreNoRelation() {
        VaultRows rows = VaultRows.of(elements, returns.created("r", null, null, "[{\"order\": 5}, {\"line\": 6}]"));

        assertThat(rows.only("sat_returns_order_line_effectivity").get("active"))
                .isEqualTo(false);
    }

    @Test
    void whatStandsAroundAnArrayBelongsToEachOfItsElements() {
        VaultRows rows =
                VaultRows.of(around, returns.created("r", null, 9L, "[{\"line\": 1}, {\"line\": 2}, {\"other\": 3}]"));

        assertThat(keys(rows)).containsExactly("9 1", "9 2");
    }

    @Test
    void aPartAmongTheMisfitsIsFound() {
        VaultRows rows = VaultRows.of(
                around, returns.created("r", "{\"order_id\": \"9\", \"lines\": 5}", null, "[{\"line\": 1}]"));

        assertThat(keys(rows)).containsExactly("9 1");
    }

    @Test
    void nestedArraysAreReadFromTheOutside() {
        VaultModel model = model(
                HUB + "  - {from: returns, path: ['lines[].order', 'lines[].parts[].line'], to: order_line}", RETURNS);

        VaultRows rows = VaultRows.of(model, returns.created("r", null, null, """
                [{"parts": [{"line": 1}, {"line": 2}], "order": 7}, {"order": 8, "parts": [{"line": 1}]},
                 {"order": 9, "parts": []}, {"parts": [{"line": 1}]}]"""));

        assertThat(keys(rows)).containsExactly("7 1", "7 2", "8 1");
    }

    @Test
    void linksCanNameARowOfAnEntityByItsWholeKey() {
        CollectionSchema lines = Shapes.table("lines")
                .key("order_id", Simple.INT64)
                .key("line_no", Simple.INT32)
                .schema();
        VaultModel model = model("links: [{from: shipments, path: [order_id, line_no], to: lines}]", SHIPMENTS, lines);

        VaultRows rows = VaultRows.of(
                new VaultMapper(model),
                List.of(changes.created(1L, 10248, "3"), Changes.of(lines).created(10248L, 3)));

        assertThat(rows.in("hub_lines")).hasSize(2);
        assertThat(rows.in("hub_lines"))
                .extracting(row -> row.get("lines_hk"))
                .containsOnly(rows.only("link_shipments_lines").get("lines_hk"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[]|\" A@X \"|\" A@X \"",
                "[trim]|\" A@X \"|A@X",
                "[lower]|\" A@X \"|\" a@x \"",
                "[trim, upper]|\" a@x \"|A@X",
                "[lower, trim]|\"  ÄB\u00a0 \"|\"Äb\u00a0\"",
                "[trim]|\"   \"|\"\""
            })
    void aTextIsAKeyAsItsRulesLeaveIt(String rules, String sent, String key) {
        CollectionSchema people = Shapes.table("people")
                .key("id", Simple.INT32)
                .column("email", Simple.TEXT)
                .schema();
        VaultModel model = model("""
                hubs: [{name: email, key: address, text: %s}]
                links: [{from: people, path: email, to: email}]
                """.formatted(rules), people);

        VaultRow hub = VaultRows.of(model, Changes.of(people).created(1, sent)).only("hub_email");

        assertThat(hub.get("address")).isEqualTo(key);
        assertThat(hub.get("email_hk")).isEqualTo(hex(new HashContract().hashKey("email", List.of(Simple.TEXT), key)));
    }

    @Test
    void textsThatTheRulesMakeEqualAreOneRelation() {
        CollectionSchema letters =
                Shapes.documents("letters").column("receivers", Simple.JSON).schema();
        VaultModel model = model("""
                hubs: [{name: mail, key: [{name: kind}, {name: address, text: [trim, lower]}]}]
                links: [{from: letters, path: ["receivers[].kind", "receivers[].to"], to: mail}]
                """, letters);

        VaultRows rows = VaultRows.of(model, Changes.of(letters).created("l", null, """
                [{"kind": "Cc", "to": "A@x "}, {"kind": "Cc", "to": "a@X"}, {"kind": "cc", "to": "a@x"}]"""));

        assertThat(rows.in("hub_mail"))
                .extracting(row -> row.get("kind") + " " + row.get("address"))
                .containsExactly("Cc a@x", "cc a@x");
    }

    private static List<String> keys(VaultRows rows) {
        return rows.in("hub_order_line").stream()
                .map(row -> row.get("order_id") + " " + row.get("line_no"))
                .toList();
    }

    private static VaultModel model(String file, CollectionSchema... schemas) {
        DeclaredModel declared = VaultFile.parse(file, "vault.yaml");
        VaultModel model = VaultInference.infer(List.of(schemas), declared);
        declared.check(model);
        return model;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
