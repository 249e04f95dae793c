package io.vaultline.vault.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.vault.Northwind;
import io.vaultline.vault.Shop;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.VaultModel;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultFileTest {

    @Test
    void linksAreReadWithTheirPlaces() {
        DeclaredModel links = VaultFile.parse("""
                # what the documents refer to
                links:
                  - from: purchases        # entity
                    path: items[].product_id
                    to: products           # entity
                  - {from: purchases, path: user_id, to: "users"}
                """, "vault.yaml");

        assertThat(links.file()).isEqualTo("vault.yaml");
        assertThat(links.links())
                .extracting(link -> link.where() + " " + VaultFileText.of(link))
                .containsExactly(
                        "line 3, column 5 {from: purchases, path: 'items[].product_id', to: products}",
                        "line 6, column 5 {from: purchases, path: user_id, to: users}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing yet\n", "links:\n", "links: []\n", "{}\n"})
    void aFileThatNamesNothingIsFine(String text) {
        assertThat(VaultFile.parse(text, "vault.yaml").links()).isEmpty();
    }

    @Test
    void everyProblemIsListedWithItsPlaceAndTheNearestKey() {
        String text = """
                links:
                  - form: purchases
                    path: items[.product_id
                    to: [products]
                  - just text
                  - from: a
                    from: b
                    path: c
                    to:
                link: []
                """;

        assertThatThrownBy(() -> VaultFile.parse(text, "vault.yaml"))
                .satisfies(invalid(message -> assertThat(message)
                        .contains(
                                "8 problems",
                                "line 2, column 5: unknown key `form`; did you mean `from`?",
                                "line 2, column 5: `from` is missing",
                                "line 3, column 11: `items[.product_id` is no path",
                                "line 4, column 9: `to` is no name",
                                "line 5, column 5: here must stand keys: `from`, `path`, `to`",
                                "line 7, column 5: `from` stands here twice",
                                "line 9, column 8: `to` is no name",
                                "line 10, column 1: unknown key `link`; did you mean `links`?")));
    }

    @Test
    void whatIsNoYamlIsSaidWithItsPlace() {
        assertThatThrownBy(() -> VaultFile.parse("links: [\n  - }", "vault.yaml"))
                .satisfies(invalid(message -> assertThat(message).contains("line 2", "no YAML")));
        assertThatThrownBy(() -> VaultFile.parse("links: 5", "vault.yaml"))
                .satisfies(invalid(message -> assertThat(message).contains("line 1, column 8", "not a list")));
        assertThatThrownBy(() -> VaultFile.parse("- links", "vault.yaml"))
                .satisfies(invalid(message -> assertThat(message).contains("line 1, column 1")));
    }

    @Test
    void aBrokenPathAloneIsAProblemToo() {
        assertThatThrownBy(() -> VaultFile.parse("links: [{from: a, path: b., to: c}]", "vault.yaml"))
                .satisfies(invalid(message -> assertThat(message).contains("a problem", "line 1, column 25: `b.`")));
    }

    @Test
    void aLinkCanNotReferToMoreEntities() {
        DeclaredModel links =
                VaultFile.parse("links: [{from: order_details, path: unit_price, to: products}]", "vault.yaml");
        VaultModel model = VaultInference.infer(Northwind.schemas(), links);

        assertThatThrownBy(() -> links.check(model))
                .satisfies(invalid(message -> assertThat(message).contains("`order_details` is a link itself")));
    }

    @Test
    void namesThatTheModelLacksAreListedWithTheNearestOne() {
        DeclaredModel links = VaultFile.parse("""
                links:
                  - {from: purchases, path: user_id, to: user}
                  - {from: purchase, path: user_id, to: users}
                  - {from: products, path: seler_id, to: sellers}
                  - {from: purchases, path: x, to: auth_events}
                  - {from: purchases, path: anything.new, to: users}
                  - {from: zzz, path: x, to: users}
                """, "vault.yaml");
        VaultModel model = VaultInference.infer(Shop.schemas(), links);

        assertThat(model.links()).extracting(LinkSpec::name).contains("purchases_users");
        assertThatThrownBy(() -> links.check(model))
                .satisfies(invalid(message -> assertThat(message)
                        .contains(
                                "5 problems",
                                "line 2, column 42: unknown entity `user`; did you mean `users`?",
                                "line 3, column 5: unknown entity `purchase`; did you mean `purchases`?",
                                "line 4, column 5: unknown column of products `seler_id`; did you mean `seller_id`?",
                                "line 5, column 36: `auth_events` has no key that values could name",
                                "line 7, column 5: unknown entity `zzz`")
                        .doesNotContain("unknown entity `zzz`;")));
    }

    @Test
    void aFileThatFitsTheModelIsAccepted() {
        Shop.LINKS.check(Shop.model());
    }

    @Test
    void aKeyOfSeveralPartsNeedsAPathForEachThatFitsTheOthers() {
        DeclaredModel links = VaultFile.parse("""
                hubs:
                  - name: line
                    key: [{name: order_id, type: int64}, {name: line_no, type: int32}]
                links:
                  - {from: purchases, path: user_id, to: line}
                  - {from: purchases, path: ["items[].a", "other[].b"], to: line}
                  - {from: purchases, path: [user_id, user_id], to: line}
                  - {from: purchases, path: ["items[]", "items[].b"], to: line}
                  - {from: purchases, path: [user_id, "items[].b"], to: users}
                  - {from: users, path: [email, user_id], to: line}
                  - {from: auth_events, path: [at, user_id], to: line}
                """, "vault.yaml");
        VaultModel model = VaultInference.infer(Shop.schemas(), links);

        assertThat(model.links())
                .extracting(LinkSpec::name)
                .contains("users_line", "auth_events_line")
                .noneMatch(name -> name.startsWith("purchases"));
        assertThatThrownBy(() -> links.check(model))
                .satisfies(invalid(message -> assertThat(message)
                        .contains(
                                "6 problems",
                                "line 5, column 42: `path` names 1 of the 2 parts that the key of `line` has:"
                                        + " `order_id` INT64, `line_no` INT32",
                                "line 6, column 5: it is not clear which values of `items[].a`, `other[].b` belong together",
                                "line 7, column 5: it is not clear which values of `user_id`, `user_id` belong together",
                                "line 8, column 5: it is not clear which values of `items[]`, `items[].b` belong together",
                                "line 9, column 57: `path` names 2 of the 1 parts that the key of `users` has",
                                "line 11, column 50: `at` is TIMESTAMP_TZ and can't name a row of `line`")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "[]", "a[", "a[0]", "a]b", "a[]b", " a"})
    void whatIsNoPathIsRefused(String path) {
        assertThatThrownBy(() -> DocumentLink.of("a", path, "b", new Place(1, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Consumer<Throwable> invalid(Consumer<String> message) {
        return thrown -> {
            assertThat(thrown).isInstanceOf(PipelineException.class);
            PipelineException e = (PipelineException) thrown;
            assertThat(e.code()).isEqualTo(ErrorCode.MODEL_INVALID);
            assertThat(e.where()).isEqualTo("vault.yaml");
            message.accept(e.what());
        };
    }
}
