package io.vaultline.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.vault.Shapes;
import io.vaultline.vault.Shop;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.file.VaultFileText;
import io.vaultline.vault.inference.VaultInference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinkProposalsTest {
    private static final int ROWS = 200;
    private static final CollectionSchema ACCOUNTS = Shapes.documents("accounts")
            .column("account_id", Simple.INT32)
            .column("limit", Simple.INT32)
            .schema();
    private static final CollectionSchema CUSTOMERS = Shapes.documents("customers")
            .column("accounts", Simple.JSON)
            .column("tier_and_details", Simple.JSON)
            .schema();

    private final CollectionProfile accounts = profile(ACCOUNTS, i -> row(id(i), null, number(i), 9000 + i % 3));
    private final CollectionProfile customers = profile(
            CUSTOMERS,
            i -> row(
                    id(1000 + i),
                    null,
                    "[{\"$numberInt\":\"%d\"},%d]".formatted(number(i), number((i * 7) % ROWS)),
                    "{\"%032x\":{\"tier\":\"Gold\",\"account\":%d}}".formatted(i * 31L, number(i))));

    @Test
    void valuesOfAnArrayThatAreABusinessKeyBecomeLinksToAHubOfIt() {
        List<Proposal> found = propose("", accounts, customers);

        assertThat(found)
                .extracting(proposal -> VaultFileText.of(proposal.link()))
                .containsExactly(
                        "{from: accounts, path: account_id, to: account}",
                        "{from: customers, path: 'accounts[]', to: account}");
        assertThat(found.get(0).hub().map(VaultFileText::of)).contains("{name: account, key: account_id, type: int64}");
        assertThat(found.get(1).hub()).isEmpty();
        assertThat(found).allMatch(Proposal::isSure);
        assertThat(found.get(0).reason())
                .isEqualTo(
                        "accounts.account_id has 200 values in 200 sampled rows, and customers.accounts[] names them;"
                                + " confidence 1.00");
        assertThat(found.get(1).reason())
                .isEqualTo(
                        "100 % of 200 distinct values in customers.accounts[] are in accounts.account_id, which it is"
                                + " called like; confidence 1.00");
    }

    @Test
    void aMapByRandomKeysIsOneColumnAndNoPathsLeadIntoIt() {
        assertThat(customers.maps()).containsEntry("tier_and_details", ROWS);
        assertThat(customers.fields().keySet()).containsExactly("_id", "accounts", "accounts[]", "tier_and_details");
        assertThat(ProfileNotes.of(customers))
                .contains(
                        "sampled: 200 rows",
                        "  accounts[]: number; in 100 % of the rows",
                        "  tier_and_details: a map, kept as one: its 200 names or more are data, none of them in many"
                                + " rows");
        assertThat(ProfileNotes.of(accounts))
                .contains("  account_id: a candidate key, with 200 values in 200 sampled rows; confidence 0.91")
                .noneMatch(note -> note.contains("limit: a candidate"));
    }

    @Test
    void whatTheFileSaysIsNotProposedAndItsHubIsUsed() {
        String file = """
                hubs: [{name: bank_account, key: nr, type: int64}]
                links: [{from: accounts, path: account_id, to: bank_account}]
                """;

        assertThat(propose(file, accounts, customers))
                .extracting(proposal -> VaultFileText.of(proposal.link()))
                .containsExactly("{from: customers, path: 'accounts[]', to: bank_account}");
        assertThat(propose(file + "# links", accounts, customers))
                .allMatch(p -> p.hub().isEmpty());
    }

    @Test
    void idsInDocumentsNameTheRowsOfAnotherSourcesTables() {
        CollectionProfile users = profile(Shop.USERS, i -> row((long) i, "user" + i + "@example.org"));
        CollectionProfile products =
                profile(Shop.PRODUCTS, i -> row((long) i, i % 9, i % 7, null, "{\"colour\":\"red\"}", null));
        CollectionProfile purchases = profile(
                Shop.PURCHASES,
                i -> row(
                        id(i),
                        null,
                        (long) (i * 3 % ROWS),
                        "[{\"product_id\":%d,\"quantity\":%d}]".formatted(i, i % 20),
                        "new"));
        CollectionProfile ratings =
                profile(Shop.RATINGS, i -> row(id(500 + i), null, "{\"id\":%d}".formatted(i), i % 6));

        assertThat(propose("", users, products, purchases, ratings))
                .as("neither quantities nor stars, though each of them is a key of users and products too")
                .extracting(proposal -> VaultFileText.of(proposal.link()))
                .containsExactly(
                        "{from: purchases, path: 'items[].product_id', to: products}",
                        "{from: purchases, path: user_id, to: users}",
                        "{from: ratings, path: 'product.id', to: products}");
    }

    @Test
    void aNameWithHalfOfTheValuesIsProposedButNotSure() {
        CollectionProfile few = profile(ACCOUNTS, i -> row(id(i), null, number(i % 120), 1));
        CollectionSchema tables =
                Shapes.table("accounts_2").key("account_id", Simple.INT64).schema();
        CollectionProfile target = profile(tables, i -> row((long) number(i + 50)));

        List<Proposal> found = propose("", few, target);

        assertThat(found).hasSize(1);
        assertThat(found.get(0).isSure()).isFalse();
        assertThat(found.get(0).confidence()).isLessThan(Proposal.SURE);
    }

    @Test
    void withoutSamplesNothingIsProposed() {
        assertThat(propose("", profile(ACCOUNTS, 0), profile(CUSTOMERS, 0))).isEmpty();
        assertThat(ProfileNotes.of(profile(ACCOUNTS, 0))).isEmpty();
    }

    @Test
    void whatIsNoJsonAndWhatHasNoPathIsPassedOver() {
        CollectionSchema odd = Shapes.documents("odd")
                .column("broken", Simple.JSON)
                .column("a.b", Simple.INT32)
                .schema();

        CollectionProfile profile = CollectionProfile.of(
                odd, List.of(new Row(odd, "1", null, "{", 7), new Row(odd, "2", null, "{\"c.d\":1}", 7)));

        assertThat(profile.fields().keySet()).containsExactly("_id", "broken");
    }

    private static List<Proposal> propose(String file, CollectionProfile... profiles) {
        Map<CollectionId, CollectionProfile> samples =
                Arrays.stream(profiles).collect(Collectors.toMap(p -> p.schema().id(), p -> p));
        DeclaredModel declared = VaultFile.parse(file, "vault.yaml");
        List<CollectionSchema> schemas =
                Arrays.stream(profiles).map(CollectionProfile::schema).toList();
        return LinkProposals.of(VaultInference.infer(schemas, declared), declared, samples);
    }

    private static CollectionProfile profile(CollectionSchema schema, IntFunction<@Nullable Object[]> row) {
        return CollectionProfile.of(
                schema,
                IntStream.range(0, ROWS)
                        .mapToObj(i -> new Row(schema, row.apply(i)))
                        .toList());
    }

    private static CollectionProfile profile(CollectionSchema schema, int rows) {
        assertThat(rows).isZero();
        return CollectionProfile.of(schema, List.of());
    }

    private static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    private static String id(int i) {
        return "%024x".formatted(i * 7919L);
    }

    /** Far apart, as account numbers are. */
    private static int number(int i) {
        return 100_000 + i * 997;
    }
}
