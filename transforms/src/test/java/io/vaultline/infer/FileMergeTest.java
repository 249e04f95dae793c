package io.vaultline.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.PipelineException;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.file.DeclaredHub;
import io.vaultline.vault.file.DocumentLink;
import io.vaultline.vault.file.Named;
import io.vaultline.vault.file.Place;
import io.vaultline.vault.file.VaultFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileMergeTest {
    private static final Place PLACE = new Place(1, 1);
    private static final Proposal FIRST = new Proposal(
            Optional.of(DeclaredHub.of(new Named("account", PLACE), "account_id", Simple.INT64)),
            DocumentLink.of("accounts", "account_id", "account", PLACE),
            1,
            "unique");
    private static final Proposal SECOND =
            new Proposal(Optional.empty(), DocumentLink.of("customers", "accounts[]", "account", PLACE), 1, "found");
    private static final Proposal UNSURE =
            new Proposal(Optional.empty(), DocumentLink.of("a", "b", "users", PLACE), 0.4, "a guess");
    private static final List<Proposal> ALL = List.of(FIRST, SECOND, UNSURE);

    private static final String EDITED = """
            # ours, by hand   \t
            links:   # ids

                - from: purchases      # who
                  path: "items[].product_id"
                  to: products   # what

                # a remark behind the last link
            entities:
              - {name: users,   satellites: [ {name: private, columns: [email]} ] }
            # the end""";

    @Test
    void whatIsNewStandsBehindTheLastAndEverythingElseAsItStood() {
        FileMerge.Merged merged = FileMerge.merge(EDITED, "vault.yaml", ALL);

        assertThat(merged.added()).isEqualTo(4);
        assertThat(merged.text()).isEqualTo("""
                # ours, by hand   \t
                links:   # ids

                    - from: purchases      # who
                      path: "items[].product_id"
                      to: products   # what
                    # unique
                    - {from: accounts, path: account_id, to: account}
                    # found
                    - {from: customers, path: 'accounts[]', to: account}
                    # a guess
                    # - {from: a, path: b, to: users}

                    # a remark behind the last link
                entities:
                  - {name: users,   satellites: [ {name: private, columns: [email]} ] }
                # the end
                hubs:
                  # a business key that links below name
                  - {name: account, key: account_id, type: int64}
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only a remark",
                "---\n",
                "links:\n",
                "links: # none\nhubs:\n",
                "hubs: []\nentities: []\nlinks: []\n",
                "links: [ ]   # none\n",
                "links:\n- {from: x, path: y, to: z}\nhubs:\n- {name: h, key: k}",
                "links:\n  - from: x\n    path: y\n    to: z\n\n\nhubs:\n  - name: h\n    key: |-\n      k\nentities: []\n",
                "links: [{from: x, path: y, to: z}, ]\nhubs: [\n  {name: h, key: k} # last\n]\n",
                "# größe 🙂\nlinks:\n  - {from: '🙂', path: y, to: z} # 🙂\n"
            })
    void linesStayAsTheyAreWhateverTheStyleAndASecondMergeAddsNothing(String text) {
        for (String edited : List.of(text, text.replace("\n", "\r\n"))) {
            FileMerge.Merged merged = FileMerge.merge(edited, "vault.yaml", ALL);

            int before = VaultFile.parse(edited, "before").links().size();
            assertThat(VaultFile.parse(merged.text(), "after").links()).hasSize(before + 2);
            assertThat(VaultFile.parse(merged.text(), "after").hubs())
                    .extracting(hub -> hub.name().name())
                    .contains("account");
            assertThat(merged.text().replace("\r\n", "")).doesNotContain("\r");
            boolean isCrLf = edited.contains("\r\n");
            assertThat(merged.text().contains("\r\n")).isEqualTo(isCrLf);
            List<String> kept = new ArrayList<>(List.of("the start"));
            edited.lines()
                    .filter(line -> !line.contains("[") && !line.equals("]"))
                    .forEach(kept::add);
            assertThat(("the start\n" + merged.text()).lines().toList()).containsSubsequence(kept);
            FileMerge.Merged again = FileMerge.merge(merged.text(), "vault.yaml", List.of(FIRST, SECOND));
            assertThat(again.added()).isZero();
            assertThat(again.text()).isEqualTo(merged.text());
        }
    }

    @Test
    void aProposalThatWasCommentedOutIsNotMadeAgainAndNoLinkLeadsToItsHub() {
        String text = "links: []\n#  - {from: accounts, path: account_id, to: account}\n";

        FileMerge.Merged merged = FileMerge.merge(text, "vault.yaml", List.of(FIRST, SECOND));

        assertThat(merged.added()).isZero();
        assertThat(merged.text()).isEqualTo(text);
    }

    @Test
    void nothingNewLeavesTheFileAsItIs() {
        assertThat(FileMerge.merge(EDITED, "vault.yaml", List.of()).text()).isEqualTo(EDITED);
    }

    @Test
    void aFileOfOneLineInBracesIsRefused() {
        assertThatThrownBy(() -> FileMerge.merge("{links: []}", "vault.yaml", ALL))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.where()).isEqualTo("vault.yaml"));
    }
}
