package io.vaultline.capture.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.config.MaskAction;
import io.vaultline.config.MaskRule;
import io.vaultline.config.Masking;
import io.vaultline.config.Secret;
import io.vaultline.config.SourceConfig;
import io.vaultline.event.CollectionId;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Unavailable;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MasksTest {
    private static final CollectionId USERS = new CollectionId("pg", "shop", "users");
    private static final MaskAction HASH = new MaskAction.Hash();
    private static final MaskAction KEEP = new MaskAction.Keep();
    private static final MaskAction REDACT = new MaskAction.Redact(MaskAction.Redact.TEXT);

    private static Masks masks(MaskRule... rules) {
        return masks(List.of(), rules);
    }

    private static Masks masks(List<String> excluded, MaskRule... rules) {
        return Masks.of(
                new SourceConfig.Mongo("m", new Secret("u"), "d", List.of(), List.of(), excluded, Duration.ofSeconds(1))
                        .masked(new Masking(List.of(rules), new Secret("a secret of the test"))));
    }

    private static MaskRule rule(String pattern, MaskAction action) {
        return new MaskRule(pattern, action);
    }

    @Test
    void theFirstRuleThatMatchesDecidesAndExcludedColumnsComeBeforeAll() {
        Masks masks = masks(
                List.of("shop.users.password"),
                rule("shop.users.id", KEEP),
                rule("shop.users.email", HASH),
                rule("shop.users.*", REDACT));

        assertThat(masks.column(USERS, "id").changes()).isFalse();
        assertThat(masks.column(USERS, "email").action()).isEqualTo(HASH);
        assertThat(masks.column(USERS, "phone").action()).isEqualTo(REDACT);
        assertThat(masks.column(USERS, "password").drops()).isTrue();
        assertThat(masks.column(new CollectionId("pg", "shop", "orders"), "email")
                        .changes())
                .isFalse();
    }

    @Test
    void aHashIsTheHmacOfTheValuesTextAndTheSameForAnyWidthOfANumber() {
        ColumnMask hash = masks(rule("*", HASH)).column(USERS, "any");

        // select encode(hmac('ann@example.org', 'a secret of the test', 'sha256'), 'hex') with pgcrypto
        assertThat(hash.value(Simple.TEXT, "ann@example.org"))
                .isEqualTo("3206642649647ddba84f18d5a49e342efd9f2da6285a7b6b1dfa6431c85f9b9a");
        assertThat(hash.value(Simple.INT32, 42))
                .isEqualTo(hash.value(Simple.INT64, 42L))
                .isEqualTo(hash.value(Simple.TEXT, "42"))
                .isEqualTo(hash.value(new DataType.Decimal(10, 2), new BigDecimal("42.00")));
    }

    @Test
    void nullAndUnavailableStayWhatTheyAre() {
        for (MaskAction action : List.of(HASH, REDACT, new MaskAction.Truncate(3), KEEP)) {
            ColumnMask mask = masks(rule("*", action)).column(USERS, "any");
            assertThat(mask.value(Simple.TEXT, null)).isNull();
            assertThat(mask.value(Simple.TEXT, Unavailable.VALUE)).isEqualTo(Unavailable.VALUE);
        }
    }

    @Test
    void theShapeSaysWhatTheMaskMakesOfAColumn() {
        Column plain = new Column("age", Simple.INT32, "integer", false);

        assertThat(masks(rule("*", HASH)).column(USERS, "age").column(plain))
                .isEqualTo(new Column("age", Simple.TEXT, "hash of integer", false));
        assertThat(masks(rule("*", REDACT)).column(USERS, "age").column(plain).type())
                .isEqualTo(Simple.TEXT);
        assertThat(masks(rule("*", new MaskAction.Redact(null)))
                        .column(USERS, "age")
                        .column(plain))
                .isEqualTo(new Column("age", Simple.INT32, "integer", true));
    }

    @Property
    void truncatingKeepsWholeCharactersFromTheStart(
            @ForAll String text, @ForAll @IntRange(min = 1, max = 20) int many) {
        ColumnMask mask = masks(rule("*", new MaskAction.Truncate(many))).column(USERS, "any");

        String kept = (String) Objects.requireNonNull(mask.value(Simple.TEXT, text));

        assertThat(text).startsWith(kept);
        assertThat(kept.codePointCount(0, kept.length()))
                .isEqualTo(Math.min(many, text.codePointCount(0, text.length())));
    }

    @Test
    void aMaskThatFitsNoColumnIsNamedWithTheColumnThatWasMeant() {
        Masks masks = masks(rule("shop.users.emial", HASH), rule("shop.users.phone", REDACT), rule("*.card_*", REDACT));

        assertThat(masks.unmatched(List.of("shop.users.email", "shop.users.phone")))
                .containsExactly(
                        new Masks.Unmatched("shop.users.emial", Optional.of("shop.users.email")),
                        new Masks.Unmatched("*.card_*", Optional.empty()));
    }
}
