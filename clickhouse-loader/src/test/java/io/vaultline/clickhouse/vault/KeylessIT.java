package io.vaultline.clickhouse.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.clickhouse.server.ClickHouseGateway;
import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equal rows of a collection without a key are counted, however often their changes come and whichever come first. */
class KeylessIT {
    private static final CollectionSchema TWINS = new CollectionSchema(
            new CollectionId("pg", "public", "twins"),
            CollectionKind.TABLE,
            List.of(new Column("v", Simple.TEXT, "text", true), new Column("w", Simple.INT32, "int4", true)),
            List.of(),
            List.of());
    private static final CollectionSchema NUMBERS = new CollectionSchema(
            new CollectionId("pg", "public", "numbers"),
            CollectionKind.TABLE,
            List.of(new Column("n", Simple.INT32, "int4", false)),
            List.of("n"),
            List.of());
    private static final DeclaredModel LINK =
            VaultFile.parse("links: [{from: twins, path: w, to: numbers}]", "vault.yaml");
    private static final List<WireColumn> HISTORY = List.of(
            VaultFixture.column("v", Simple.TEXT),
            VaultFixture.column("w", Simple.INT32),
            VaultFixture.column("valid_from", Simple.TIMESTAMP),
            VaultFixture.column("valid_to", Simple.TIMESTAMP));
    private static final Row SAME = new Row(TWINS, "same", null);
    private static final Row OTHER = new Row(TWINS, "same", 1);

    @TempDir
    static Path directory;

    private static Devstack stack;
    private static ClickHouseGateway server;
    private static VaultFixture vault;

    @BeforeAll
    static void start() {
        stack = Devstack.builder()
                .directory(directory)
                .servers(EnumSet.of(ServerKind.CLICKHOUSE))
                .start();
        server = VaultFixture.gateway(stack);
        vault = new VaultFixture(server, "keyless", LINK, TWINS, NUMBERS);
        List<DataChangeEvent> changes = new ArrayList<>(List.of(
                new RowRead(header(1, 1), SAME),
                new RowRead(header(1, 2), SAME),
                new RowRead(header(1, 3), SAME),
                new RowDeleted(header(2, 1), SAME, null),
                new RowUpdated(header(3, 1), SAME, SAME),
                new RowDeleted(header(4, 1), SAME, OTHER),
                new RowCreated(header(4, 2), OTHER, SAME),
                new RowDeleted(header(5, 1), SAME, null),
                new CollectionTruncated(header(6, 1)),
                new RowCreated(header(7, 1), OTHER, null),
                new RowCreated(header(7, 2), OTHER, null),
                new RowDeleted(header(8, 1), OTHER, null)));
        vault.load(changes.subList(4, changes.size()));
        vault.load(changes.subList(0, 6));
    }

    private static ChangeHeader header(long position, long ordinal) {
        return new ChangeHeader(TWINS, new CommitOrder(position, ordinal), position * 1_000, null);
    }

    @AfterAll
    static void stop() {
        server.close();
        stack.close();
    }

    @Test
    void asManyEqualRowsAreThereAsAtTheSource() {
        assertThat(vault.state(TWINS, 1)).containsExactly(SAME, SAME, SAME);
        assertThat(vault.state(TWINS, 2)).containsExactly(SAME, SAME);
        assertThat(vault.state(TWINS, 3)).containsExactly(SAME, SAME);
        assertThat(vault.state(TWINS, 4)).containsExactlyInAnyOrder(SAME, OTHER);
        assertThat(vault.state(TWINS, 5)).containsExactly(OTHER);
        assertThat(vault.state(TWINS, 6)).isEmpty();
        assertThat(vault.state(TWINS, 7)).containsExactly(OTHER, OTHER);
        assertThat(vault.state(TWINS, 8)).containsExactly(OTHER);
    }

    @Test
    void aRowsTimeEndsWhenTheLastOfItsEqualsIsGone() {
        assertThat(vault.view("twins_history", HISTORY, "w NULLS FIRST, valid_from"))
                .containsExactly(
                        new Object[] {"same", null, 1_000L, 2_000L},
                        new Object[] {"same", null, 2_000L, 4_000L},
                        new Object[] {"same", null, 4_000L, 5_000L},
                        new Object[] {"same", 1, 4_000L, 6_000L},
                        new Object[] {"same", 1, 7_000L, 8_000L},
                        new Object[] {"same", 1, 8_000L, null});
    }

    @Test
    void aRelationEndsWhenTheLastOfTheEqualRowsIsGone() {
        List<WireColumn> now = List.of(
                VaultFixture.column("twins_v", Simple.TEXT),
                VaultFixture.column("twins_w", Simple.INT32),
                VaultFixture.column("numbers_n", Simple.INT32));
        List<WireColumn> periods = new ArrayList<>(now);
        periods.addAll(HISTORY.subList(2, 4));

        assertThat(vault.view("twins_numbers_current", now, "1")).containsExactly(new Object[] {"same", 1, 1});
        assertThat(vault.view("twins_numbers_history", periods, "valid_from"))
                .containsExactly(
                        new Object[] {"same", 1, 1, 4_000L, 6_000L}, new Object[] {"same", 1, 1, 7_000L, null});
    }
}
