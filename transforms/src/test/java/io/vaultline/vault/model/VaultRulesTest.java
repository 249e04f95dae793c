package io.vaultline.vault.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.PipelineException;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.Changes;
import io.vaultline.vault.Shop;
import io.vaultline.vault.VaultMapper;
import io.vaultline.vault.VaultRows;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.hash.HashAlgorithm;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultType.Internal;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the model file says of the whole vault. */
class VaultRulesTest {

    @ParameterizedTest
    @EnumSource(HashAlgorithm.class)
    void everyHashOfAVaultIsByItsAlgorithm(HashAlgorithm algorithm) {
        VaultModel model =
                VaultInference.infer(Shop.schemas(), file("hash: {algorithm: %s}".formatted(algorithm.label())));
        HashContract contract = new HashContract(algorithm);

        VaultRows rows = VaultRows.of(model, Changes.of(Shop.SELLERS).created(3, "Ann"));

        assertThat(rows.only("hub_sellers").get("sellers_hk"))
                .isEqualTo(hex(contract.hashKey("pg", List.of(Simple.INT32), 3)));
        assertThat(rows.only("sat_sellers").get("hashdiff"))
                .isEqualTo(hex(contract.start().text("name").text("Ann").hash()));
        assertThat(HexFormat.of().parseHex((String) rows.only("hub_sellers").get("sellers_hk")))
                .hasSize(algorithm.bytes());
    }

    @Test
    void hashesOf32BytesHaveColumnsOfTheirOwnType() {
        VaultTables tables = new VaultTables(VaultInference.infer(Shop.schemas(), file("hash: {algorithm: sha256}")));
        VaultRows rows = VaultRows.of(
                new VaultMapper(tables), List.of(Changes.of(Shop.CATEGORIES).created(1, "all", null)));

        assertThat(tables.all())
                .flatExtracting(VaultTable::columns)
                .extracting(VaultColumn::type)
                .contains(Internal.WIDE_HASH)
                .doesNotContain(Internal.HASH);
        assertThat(rows.only("sat_categories_categories_effectivity").get("categories_categories_hk"))
                .isEqualTo("00".repeat(32));
    }

    @Test
    void withoutAWordTheRulesAreTheStandardOnes() {
        assertThat(file("hubs: []").rules()).isEqualTo(VaultRules.STANDARD);
        assertThat(file("").rules()).isEqualTo(VaultRules.STANDARD);
        assertThat(file("ghost-records: true").rules().ghostRecords()).isTrue();
    }

    @Test
    void whatIsNoRuleIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> file("hash: {algorithm: sha1}\nghost-records: yes"))
                .isInstanceOfSatisfying(
                        PipelineException.class,
                        e -> assertThat(e.what())
                                .contains(
                                        "2 problems",
                                        "line 1, column 19: unknown algorithm `sha1`; did you mean `sha256`?"
                                                + " (there is `md5`, `sha256`, `sha256-128`)",
                                        "line 2, column 16: `ghost-records` is `true` or `false`"));
    }

    private static DeclaredModel file(String text) {
        return VaultFile.parse(text, "vault.yaml");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
