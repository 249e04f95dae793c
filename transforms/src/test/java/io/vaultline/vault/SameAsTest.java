package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.MergesSpec;
import io.vaultline.vault.model.SameAsSpec;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pairs of keys that changes of primary keys state. */
class SameAsTest {
    private static final VaultModel MODEL =
            VaultInference.infer(Shop.schemas(), VaultFile.parse("same-as: [{hub: users}]", "vault.yaml"));
    private static final CollectionSchema MERGES = Shapes.table("merges")
            .key("id", Simple.INT32)
            .columns(Simple.INT64, "old_id", "new_id")
            .column("x", Simple.JSON)
            .schema();
    private static final String NONE = "0".repeat(32);

    private final HashContract hash = new HashContract();
    private final Changes users = Changes.of(Shop.USERS);

    @Test
    void aRowWithANewKeyIsTheOneThatHadTheOldKey() {
        VaultRows rows = VaultRows.of(MODEL, users.moved(1L, 2L, "a@b"));

        VaultRow pair = rows.only("sal_users");
        assertThat(pair.get("master_hk")).isEqualTo(key(2));
        assertThat(pair.get("duplicate_hk")).isEqualTo(key(1));
        assertThat(pair.get("users_same_as_hk")).isEqualTo(hex(pairKey(2, 1)));
        assertThat(rows.in("sat_users_same_as_effectivity"))
                .extracting(
                        row -> row.get("duplicate_hk"), row -> row.get("users_same_as_hk"), row -> row.get("active"))
                .containsExactlyInAnyOrder(tuple(key(1), hex(pairKey(2, 1)), true), tuple(key(2), NONE, false));
        assertThat(rows.in("hub_users"))
                .as("the old key is in the hub, whatever was captured of it")
                .extracting(row -> row.get("user_id"))
                .containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void theRestOfTheRowIsMappedAsEver() {
        VaultRows rows = VaultRows.of(MODEL, users.moved(1L, 2L, "a@b"));

        VaultRows without = VaultRows.of(
                VaultInference.infer(Shop.schemas(), DeclaredModel.none()),
                Changes.of(Shop.USERS).moved(1L, 2L, "a@b"));
        assertThat(rows.in("sat_users")).isEqualTo(without.in("sat_users"));
        assertThat(without.all()).noneMatch(row -> row.table().name().contains("same_as"));
    }

    @Test
    void aNewRowIsNoDuplicateAndNeitherIsOneThatASnapshotFound() {
        for (var event : List.of(users.created(1L, "a"), users.read(1L, "a"))) {
            VaultRows rows = VaultRows.of(MODEL, event);

            assertThat(rows.in("sal_users")).isEmpty();
            assertThat(rows.only("sat_users_same_as_effectivity").get("active")).isEqualTo(false);
        }
    }

    @Test
    void updatesDeletesAndTruncatesSayNothingOfIt() {
        VaultRows rows = VaultRows.of(MODEL, users.updated(1L, "b"), users.deleted(1L, null), users.truncated());

        assertThat(rows.all()).noneMatch(row -> row.table().name().contains("same_as"));
    }

    @Test
    void rowsThatSayWhichKeysMeanTheSameStateAPairEach() {
        VaultModel model = merging("same-as: [{hub: users, from: merges, duplicate: old_id, master: new_id}]");
        Changes merges = Changes.of(MERGES);

        VaultRows rows = VaultRows.of(
                model,
                merges.created(1, 7L, 8L, null),
                merges.updated(1, 7L, 7L, null),
                merges.updated(1, null, 8L, null),
                merges.updated(1, Unavailable.VALUE, 8L, null),
                merges.deleted(1, null, null, null));

        assertThat(rows.only("sal_users").get("users_same_as_hk")).isEqualTo(hex(pairKey(8, 7)));
        assertThat(rows.only("sal_users").get("duplicate_hk")).isEqualTo(key(7));
        assertThat(rows.in("hub_users")).extracting(row -> row.get("user_id")).containsExactly(8L, 7L);
        assertThat(rows.in("sat_users_same_as_merges_effectivity"))
                .as("a key that means itself is no pair, and what was not sent says nothing")
                .extracting(row -> row.get("commit_position"), row -> row.get("active"))
                .containsExactly(tuple(1L, true), tuple(2L, false), tuple(3L, false), tuple(5L, false));
        assertThat(rows.in("sat_users_same_as_effectivity")).isEmpty();
    }

    @Test
    void aHubOfADeclaredKeyCanHaveDuplicatesThatRowsName() {
        VaultModel model = merging("""
                hubs: [{name: person, key: [{name: country}, {name: number, type: int64}]}]
                same-as:
                  - {hub: person, from: merges, duplicate: [id, old_id], master: ["x.country", new_id]}
                """);

        assertThat(model.sameAs())
                .containsExactly(new SameAsSpec(
                        "person",
                        false,
                        List.of(new MergesSpec(
                                "person",
                                "merges",
                                MERGES.id(),
                                List.of("id", "old_id"),
                                List.of("x.country", "new_id")))));
        assertThat(new VaultTables(model).all())
                .extracting(VaultTable::name)
                .contains("sal_person", "sat_person_same_as_merges_effectivity")
                .doesNotContain("sat_person_same_as_effectivity");
    }

    @Test
    void whatCanNotBeSaidOfKeysIsNamedWithItsPlace() {
        assertThat(unmet("same-as: [{hub: users, from: merge, duplicate: old_id, master: new_id}]"))
                .contains("unknown entity `merge`; did you mean `merges`?");
        assertThat(unmet("same-as: [{hub: users, from: merges, duplicate: old, master: new_id}]"))
                .contains("unknown column of merges `old`");
        assertThat(unmet("same-as: [{hub: users, from: merges, duplicate: [id, old_id], master: new_id}]"))
                .contains("line 1, column 11: `id`, `old_id` is not as many values as the key of `users` has parts");
        assertThat(unmet("same-as: [{hub: users, from: merges, duplicate: old_id, master: old_id}]"))
                .contains("it is not clear which values make a pair");
        assertThat(unmet("""
                same-as:
                  - {hub: users, from: merges, duplicate: old_id, master: new_id}
                  - {hub: merges, from: users, duplicate: user_id, master: email}
                """))
                .contains("line 2, column 5: a cycle: rows of `merges` say which keys of `users` mean the same")
                .contains("line 3, column 5: a cycle");
    }

    private static VaultModel merging(String text) {
        DeclaredModel declared = VaultFile.parse(text, "vault.yaml");
        VaultModel model = VaultInference.infer(mergeable(), declared);
        declared.check(model);
        return model;
    }

    private static String unmet(String text) {
        DeclaredModel declared = VaultFile.parse(text, "vault.yaml");
        return String.join("\n", declared.unmet(VaultInference.infer(mergeable(), declared)));
    }

    private static List<CollectionSchema> mergeable() {
        List<CollectionSchema> schemas = new ArrayList<>(Shop.schemas());
        schemas.add(MERGES);
        return schemas;
    }

    private String key(long id) {
        return hex(hash.hashKey("pg", List.of(Simple.INT64), id));
    }

    private byte[] pairKey(long master, long duplicate) {
        return hash.start()
                .text("pg")
                .value(Simple.INT64, master)
                .text("pg")
                .value(Simple.INT64, duplicate)
                .hash();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
