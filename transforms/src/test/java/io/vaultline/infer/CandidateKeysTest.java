package io.vaultline.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.vault.Shapes;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFileText;
import io.vaultline.vault.inference.VaultInference;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CandidateKeysTest {
    private static final CollectionSchema COUNTRIES = Shapes.table("countries")
            .key("id", Simple.INT64)
            .key("iso", Simple.TEXT)
            .column("name", Simple.TEXT)
            .unique("countries_name_key", "name")
            .unique("countries_iso", "iso")
            .schema();

    @Test
    void aUniqueConstraintIsACandidateKeyForSure() {
        assertThat(CandidateKeys.declared(COUNTRIES))
                .containsExactly(
                        "name: a candidate key, since `countries_name_key` is unique where nothing of it is null; certain",
                        "iso: a candidate key, since `countries_iso` is unique; certain");
    }

    @Test
    void itIsToldOnceWhateverTheSampleShows() {
        List<Row> rows = LongStream.range(0, 30)
                .mapToObj(i -> new Row(COUNTRIES, i, "c" + i, "n" + i))
                .toList();

        assertThat(CandidateKeys.sampled(CollectionProfile.of(COUNTRIES, rows)))
                .containsExactly("id: a candidate key, with 30 values in 30 sampled rows; confidence 0.60");
    }

    @Test
    void hubsOfBusinessKeysAreCalledLikeOneOfWhatTheyAreKeysOf() {
        assertThat(Target.stem("accounts")).isEqualTo("account");
        assertThat(Target.stem("account_id")).isEqualTo("account");
        assertThat(Target.stem("address")).isEqualTo("address");
    }

    /** Six rows tell nothing of themselves: only the constraint makes the column a key. */
    @Test
    void valuesThatNameAUniqueColumnOfAFewRowsAreProposedAsALinkToAHubOfIt() {
        CollectionSchema currencies = Shapes.table("currencies")
                .key("id", Simple.INT64)
                .column("currency_code", Simple.TEXT)
                .unique("currencies_code", "currency_code")
                .schema();
        CollectionSchema payments = Shapes.table("payments")
                .key("payment_id", Simple.INT64)
                .column("currency_code", Simple.TEXT)
                .schema();
        CollectionProfile six = CollectionProfile.of(
                currencies,
                LongStream.range(0, 6)
                        .mapToObj(i -> new Row(currencies, i, "CU" + i))
                        .toList());
        CollectionProfile paid = CollectionProfile.of(
                payments,
                LongStream.range(0, 50)
                        .mapToObj(i -> new Row(payments, 900 + i, "CU" + i % 6))
                        .toList());

        List<Proposal> found = LinkProposals.of(
                VaultInference.infer(List.of(currencies, payments), DeclaredModel.none()),
                DeclaredModel.none(),
                Map.of(currencies.id(), six, payments.id(), paid));

        assertThat(found)
                .extracting(proposal -> VaultFileText.of(proposal.link()))
                .contains(
                        "{from: currencies, path: currency_code, to: currency_code}",
                        "{from: payments, path: currency_code, to: currency_code}");
    }
}
