package io.vaultline.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.check.Finding;
import io.vaultline.check.Severity;
import io.vaultline.error.ErrorCode;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.file.VaultFile;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VaultModelCheckTest {
    private static final CollectionSchema USERS = new CollectionSchema(
            new CollectionId("pg", "public", "users"),
            CollectionKind.TABLE,
            List.of(new Column("id", Simple.INT64, "int8", false), new Column("email", Simple.TEXT, "text", true)),
            List.of("id"),
            List.of());
    private static final String FILE = """
            entities:
              - name: users
                satellites: [{name: private, columns: [emial]}]
              - name: orders
                key: [id]
            """;

    @Test
    void whatTheSourcesDoNotHaveIsAnErrorWithItsPlaceAndRemedy() {
        List<Finding> findings = findings(FILE, Set.of());

        assertThat(findings).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.code()).isEqualTo(ErrorCode.MODEL_INVALID);
            assertThat(finding.fix().text()).contains("`infer` prints");
        });
        assertThat(findings.get(0).where()).isEqualTo("vault.yaml, line 3, column 44");
        assertThat(findings.get(0).what()).contains("unknown column of users `emial`; did you mean `email`?");
        assertThat(findings.get(1).where()).isEqualTo("vault.yaml, line 4, column 11");
        assertThat(findings.get(1).what()).contains("unknown entity `orders`");
    }

    @Test
    void whileASourceIsUnknownItMayBeThere() {
        List<Finding> findings = findings(FILE, Set.of("mongo"));

        assertThat(findings)
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING, Severity.WARNING, Severity.NOTE);
        assertThat(findings.get(2).what()).contains("mongo");
    }

    @Test
    void aFileThatFitsIsNoFinding() {
        assertThat(findings("entities: [{name: users, key: [id]}]", Set.of("mongo")))
                .isEmpty();
    }

    private static List<Finding> findings(String text, Set<String> unknown) {
        return VaultModelCheck.findings("vault.yaml", VaultFile.parse(text, "vault.yaml"), List.of(USERS), unknown);
    }
}
