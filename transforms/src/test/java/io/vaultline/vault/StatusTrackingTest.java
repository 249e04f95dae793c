package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.Row;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import org.junit.jupiter.api.Test;

/** How rows came and went, in a satellite that says nothing else. */
class StatusTrackingTest {
    private static final String TABLE = "sat_users_status";

    private final VaultModel model = model("entities: [{name: users, status-tracking: true}]");
    private final Changes users = Changes.of(Shop.USERS);

    @Test
    void eachComingAndGoingIsARow() {
        VaultRows rows = VaultRows.of(
                model,
                users.read(1L, "a"),
                users.updated(1L, "b"),
                users.deleted(1L, null),
                users.created(1L, "c"),
                users.truncated());

        assertThat(rows.in(TABLE))
                .extracting(row -> row.get("commit_position") + " " + row.get("status") + " " + row.get("deleted"))
                .containsExactly("1 read false", "3 deleted true", "4 created false");
        assertThat(rows.in("truncation")).hasSize(1);
    }

    @Test
    void aRowThatGotANewKeyNamesTheOtherOnBothSides() {
        Row old = new Row(Shop.USERS, 1L, null).keyOnly();
        Row moved = new Row(Shop.USERS, 2L, "a");
        VaultRows rows = VaultRows.of(
                model, new RowDeleted(header(1), old, moved.keyOnly()), new RowCreated(header(2), moved, old));

        VaultRow went = rows.in(TABLE).get(0);
        VaultRow came = rows.in(TABLE).get(1);
        assertThat(went.get("status") + " " + went.get("deleted")).isEqualTo("moved true");
        assertThat(came.get("status") + " " + came.get("deleted")).isEqualTo("moved false");
        assertThat(went.get("other_hk")).isEqualTo(came.get("users_hk"));
        assertThat(came.get("other_hk")).isEqualTo(went.get("users_hk")).isNotEqualTo(came.get("users_hk"));
        assertThat(rows.in("hub_users")).extracting(row -> row.get("user_id")).containsExactly(2L);
        assertThat(rows.in("hub_users").get(0).get("users_hk")).isEqualTo(came.get("users_hk"));
    }

    @Test
    void nothingIsTrackedUnasked() {
        VaultModel silent = model("entities: [{name: users, status-tracking: false}]");

        assertThat(new VaultTables(silent).all()).extracting(VaultTable::name).doesNotContain(TABLE);
        assertThat(VaultRows.of(silent, users.created(1L, "a")).in(TABLE)).isEmpty();
    }

    @Test
    void whatCanNotBeTrackedIsNamed() {
        assertThatThrownBy(() -> model("entities: [{name: auth_events, status-tracking: true}]"))
                .hasMessageContaining("line 1, column 49: `auth_events` has no key");
        assertThatThrownBy(() -> model("entities: [{name: users, status-tracking: 5}]"))
                .hasMessageContaining("line 1, column 43: `status-tracking` is either `true` or `false`");
        assertThatThrownBy(() -> model("entities: [{name: users, status-tracking: true,"
                        + " satellites: [{name: status, columns: [email]}]}]"))
                .hasMessageContaining("another part of the vault has the table `sat_users_status`");
    }

    private static ChangeHeader header(long ordinal) {
        return new ChangeHeader(Shop.USERS, new CommitOrder(7, ordinal), 7, null);
    }

    private static VaultModel model(String file) {
        DeclaredModel declared = VaultFile.parse(file, "vault.yaml");
        VaultModel model = VaultInference.infer(Shop.schemas(), declared);
        declared.check(model);
        return model;
    }
}
