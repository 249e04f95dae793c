package io.vaultline.vault.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a vault model file whatever the sources hold. */
class VaultFileProblemsTest {

    @Test
    void aliasesAreRefusedBeforeTheyMultiply() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [%s*a%d]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(8), i - 1));
        }

        assertThat(problems(bomb.toString()))
                .contains("261 problems", "line 2, column 10: `*a0` repeats another place", "and 161 more");
    }

    @Test
    void aListThatContainsItselfIsRefused() {
        assertThat(problems("links: &a [*a]")).contains("line 1, column 12: `*a` repeats another place");
    }

    @Test
    void whatIsNestedTooDeepIsRefused() {
        assertThat(problems("links: " + "[".repeat(100_000))).contains("line 1, column 27: more than 20 lists or maps");
    }

    @Test
    void aHugeTextIsRefused() {
        assertThat(problems("# " + "x".repeat(4 << 20))).contains("line 1, column 1: more than 1048576 characters");
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThat(problems("links: []\n---\nlinks: []\n")).contains("line 2, column 1: a second document");
    }

    @Test
    void unknownKeysAreNamedWithTheNearestOnEveryLevel() {
        assertThat(problems("""
                entitis: []
                hubs:
                  - {name: a, key: b, typ: text}
                entities:
                  - name: c
                    satelites: []
                    satellites:
                      - {name: d, colums: [x]}
                """))
                .contains(
                        "5 problems",
                        "line 1, column 1: unknown key `entitis`; did you mean `entities`?"
                                + " (there is `hash`, `ghost-records`, `hubs`, `entities`, `links`, `same-as`)",
                        "line 3, column 23: unknown key `typ`; did you mean `type`?",
                        "line 6, column 5: unknown key `satelites`; did you mean `satellites`?",
                        "line 8, column 9: here must stand either `columns` or `except`",
                        "line 8, column 19: unknown key `colums`; did you mean `columns`?");
    }

    @Test
    void whatIsWrongWithAnArrayIsNamedWithItsPlace() {
        assertThat(problems("""
                entities:
                  - name: a
                    satellites:
                      - {name: b, array: "c[].d", columns: {e: int64}}
                      - {name: f, sub-key: [h], aray: g, columns: {hh: int6, i: text}}
                      - {name: j, array: k}
                      - {name: j, array: k, columns: {l: text, l: "decimal(40, 2)"}}
                """))
                .contains(
                        "9 problems",
                        "line 4, column 26: `c[].d` can't go through the elements of an array",
                        "line 5, column 9: `array` is missing",
                        "line 5, column 33: unknown key `aray`; did you mean `array`?",
                        "line 5, column 29: unknown column of these elements `h`; did you mean `hh`?",
                        "line 5, column 56: unknown type `int6`; did you mean `int16`?",
                        "line 6, column 9: `columns` must name the elements' fields",
                        "line 7, column 16: a second satellite `j`",
                        "line 7, column 48: a second column `l`",
                        "line 7, column 51: unknown type `decimal(40, 2)`");
    }

    @Test
    void whatStandsTwiceIsNamedAtItsSecondPlace() {
        assertThat(problems("""
                links: []
                links: []
                hubs:
                  - {name: a, key: b}
                  - {name: a, key: c}
                entities:
                  - {name: users}
                  - name: users
                    satellites:
                      - {name: d, columns: [x, y]}
                      - {name: d, columns: [y]}
                      - {name: e, except: [z]}
                      - {name: f, except: [z]}
                """))
                .contains(
                        "6 problems",
                        "line 2, column 1: `links` stands here twice",
                        "line 5, column 12: a second hub `a`",
                        "line 8, column 11: a second entity `users`",
                        "line 11, column 16: a second satellite `d`",
                        "line 11, column 29: a second place of column `y`",
                        "line 13, column 16: `f` is the second satellite that takes the rest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Order", "2nd", "a-b", "a b", "a.b", "größe", "''", "select;", "a`b"})
    void aNameThatNotEveryStoreHoldsIsRefused(String name) {
        assertThat(problems("hubs: [{name: %s, key: id}]".formatted(name)))
                .contains("line 1, column 15: `", "can't be a name in ClickHouse");
        assertThat(problems("hubs: [{name: a, key: %s}]".formatted(name))).contains("line 1, column 23: `");
        assertThat(problems("entities: [{name: a, satellites: [{name: %s, columns: []}]}]".formatted(name)))
                .contains("line 1, column 42: `");
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        String longest = "x".repeat(63);

        assertThat(VaultFile.parse("hubs: [{name: %s, key: id}]".formatted(longest), "vault.yaml")
                        .hubs())
                .hasSize(1);
        assertThat(problems("hubs: [{name: %sx, key: id}]".formatted(longest))).contains("up to 63");
    }

    @Test
    void aKeyThatIsCalledLikeTheVaultsOwnColumnsIsRefused() {
        assertThat(problems("hubs: [{name: a, key: load_ts}]")).contains("`load_ts` is a column of the vault's own");
        assertThat(problems("hubs: [{name: a, key: a_hk}]")).contains("`a_hk` is what the hub's hash key is called");
    }

    @Test
    void aTypeThatNoKeyHasIsNamedWithThoseThatThereAre() {
        assertThat(problems("hubs: [{name: a, key: b, type: int}]"))
                .contains(
                        "line 1, column 32: unknown type `int`; did you mean `int32`? (there is `date`, `int32`, `int64`, `text`, `uuid`)");
    }

    @Test
    void whatIsWrongWithAKeyOfSeveralPartsIsSaidOfThePart() {
        assertThat(problems("""
                hubs:
                  - name: line
                    type: int64
                    key:
                      - {name: a, type: number}
                      - {name: b, typ: text}
                      - {name: a}
                      - {name: line_hk}
                      - c
                  - {name: none, key: []}
                links:
                  - {from: x, path: [], to: y}
                """))
                .contains(
                        "8 problems",
                        "line 2, column 5: `type` stands with each part of a key that is a list",
                        "line 5, column 25: unknown type `number`",
                        "line 6, column 19: unknown key `typ`; did you mean `type`?",
                        "line 7, column 16: a second part of a key `a`",
                        "line 8, column 16: `line_hk` is what the hub's hash key is called",
                        "line 9, column 9: here must stand keys: `name`, `type`, `text`",
                        "line 10, column 5: `key` is empty",
                        "line 12, column 5: `path` is empty");
    }

    @Test
    void rulesForTextsAreThoseThatThereAre() {
        assertThat(problems("""
                hubs:
                  - {name: a, key: k, text: [trimmed]}
                  - {name: b, key: k, type: int64, text: [trim]}
                  - {name: c, key: k, text: [lower, upper, lower]}
                  - {name: d, key: [{name: k, text: [trim, trim]}]}
                """))
                .contains(
                        "5 problems",
                        "line 2, column 30: unknown rule for texts `trimmed`; did you mean `trim`?"
                                + " (there is `lower`, `trim`, `upper`)",
                        "line 3, column 43: `trim` is a rule for texts, and this key is INT64",
                        "line 4, column 37: a second rule for the case of letters, `upper`",
                        "line 4, column 44: a second rule for the case of letters, `lower`",
                        "line 5, column 44: a second rule `trim`");
    }

    private static String problems(String text) {
        List<String> found = new ArrayList<>();
        assertThatThrownBy(() -> VaultFile.parse(text, "vault.yaml"))
                .isInstanceOfSatisfying(PipelineException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.MODEL_INVALID);
                    found.add(e.what());
                });
        return found.get(0);
    }
}
