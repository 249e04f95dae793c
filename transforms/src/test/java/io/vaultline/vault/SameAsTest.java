package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultModel;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pairs of keys that changes of primary keys state. */
class SameAsTest {
    private static final VaultModel MODEL =
            VaultInference.infer(Shop.schemas(), VaultFile.parse("same-as: [{hub: users}]", "vault.yaml"));
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
