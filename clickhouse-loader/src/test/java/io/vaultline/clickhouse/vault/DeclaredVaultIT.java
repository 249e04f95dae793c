package io.vaultline.clickhouse.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.clickhouse.server.ClientGateway;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.ForeignKey;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.hash.HashAlgorithm;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vaults of model files that declare hubs and rules, on a real server. */
class DeclaredVaultIT {
    private static final CollectionSchema USERS = new CollectionSchema(
            new CollectionId("pg", "public", "users"),
            CollectionKind.TABLE,
            List.of(
                    new Column("email", Simple.TEXT, "text", true),
                    new Column("id", Simple.INT32, "int4", false),
                    new Column("boss", Simple.INT32, "int4", true)),
            List.of("id"),
            List.of(new ForeignKey("fk", List.of("boss"), new CollectionId("pg", "public", "users"), List.of("id"))));
    private static final CollectionSchema CUSTOMERS = new CollectionSchema(
            new CollectionId("crm", "sales", "customers"),
            CollectionKind.TABLE,
            List.of(new Column("no", Simple.INT64, "int8", false), new Column("id", Simple.TEXT, "text", true)),
            List.of("no"),
            List.of());
    private static final DeclaredModel SHARED = file("""
            hubs:
              - {name: person, key: id, type: int64}
              - {name: mail, key: [{name: address, text: [trim, lower]}, {name: boss, type: int32}]}
            entities: [{name: users, hub: person}, {name: customers, hub: person}]
            links: [{from: users, path: [email, boss], to: mail}]
            """);
    private static final Row ANN = new Row(USERS, "ann", 1, null);
    private static final Row BOB = new Row(USERS, " Bob@X ", 2, 1);
    private static final List<DataChangeEvent> CHANGES = List.of(
            new RowCreated(at(USERS, 1), ANN, null),
            new RowCreated(at(CUSTOMERS, 1), new Row(CUSTOMERS, 1L, "of the customer"), null),
            new RowCreated(at(USERS, 2), BOB, null),
            new RowDeleted(at(USERS, 3), ANN.keyOnly(), null),
            new RowCreated(at(CUSTOMERS, 4), new Row(CUSTOMERS, 9L, null), null));

    @TempDir
    static Path directory;

    private static Devstack stack;
    private static ClientGateway server;

    @BeforeAll
    static void start() {
        stack = Devstack.builder()
                .directory(directory)
                .servers(EnumSet.of(ServerKind.CLICKHOUSE))
                .start();
        server = (ClientGateway) VaultFixture.gateway(stack);
    }

    @AfterAll
    static void stop() {
        server.close();
        stack.close();
    }

    @Test
    void entitiesOfTwoSourcesOnOneHubShowTheirOwnRows() {
        VaultFixture vault = new VaultFixture(server, "shared", SHARED, USERS, CUSTOMERS);
        vault.load(CHANGES);

        assertThat(vault.state(USERS, 2)).containsExactlyInAnyOrder(ANN, BOB);
        assertThat(vault.state(USERS, 4)).containsExactly(BOB);
        assertThat(vault.state(CUSTOMERS, 4))
                .as("what another source deletes stays")
                .containsExactlyInAnyOrder(new Row(CUSTOMERS, 1L, "of the customer"), new Row(CUSTOMERS, 9L, null));
        assertThat(rows("SELECT * FROM shared.users_current")).containsExactly(" Bob@X  2 1");
        assertThat(rows("SELECT id, isNull(valid_to) FROM shared.users_history ORDER BY id"))
                .containsExactly("1 0", "2 1");
        assertThat(rows("SELECT no, id FROM shared.customers_history ORDER BY no"))
                .containsExactly("1 of the customer", "9 \\N");
        assertThat(rows("SELECT id FROM shared.hub_person FINAL ORDER BY id")).containsExactly("1", "2", "9");
    }

    @Test
    void linksLeadFromAndToTheSharedHubAndToKeysOfSeveralParts() {
        VaultFixture vault = new VaultFixture(server, "shared_links", SHARED, USERS, CUSTOMERS);
        vault.load(CHANGES);

        assertThat(rows("SELECT person_id, boss_id FROM shared_links.users_users_current"))
                .containsExactly("2 1");
        assertThat(rows("SELECT person_id, mail_address, mail_boss FROM shared_links.users_mail_current"))
                .containsExactly("2 bob@x 1");
    }

    @Test
    void aReferenceTableShowsItsRowsAndTheirHistory() {
        DeclaredModel codes = file("entities: [{name: users, as: reference}]\nghost-records: true");
        VaultFixture vault = new VaultFixture(server, "codes", codes, USERS);
        vault.load(List.of(
                new RowCreated(at(USERS, 4), new Row(USERS, Unavailable.VALUE, 3, 2), BOB.keyOnly()),
                new RowDeleted(at(USERS, 4, 0), BOB.keyOnly(), null),
                CHANGES.get(3),
                CHANGES.get(2),
                CHANGES.get(0)));

        assertThat(vault.state(USERS, 2)).containsExactlyInAnyOrder(ANN, BOB);
        assertThat(vault.state(USERS, 3)).containsExactly(BOB);
        assertThat(vault.state(USERS, 4)).containsExactly(new Row(USERS, " Bob@X ", 3, 2));
        assertThat(rows("SELECT id, email, isNull(valid_to) FROM codes.users_history ORDER BY id"))
                .containsExactly("1 ann 0", "2  Bob@X  0", "3  Bob@X  1");
        assertThat(
                        rows(
                                "SELECT name FROM system.tables WHERE database = 'codes' AND engine LIKE '%Tree' ORDER BY name"))
                .containsExactly("ref_users", "truncation", "vault_freshness_log");
    }

    @Test
    void linksOfEventsShowWhatIsLeftOfThem() {
        CollectionSchema logins = new CollectionSchema(
                new CollectionId("pg", "public", "logins"),
                CollectionKind.TABLE,
                List.of(
                        new Column("user", Simple.INT32, "int4", true),
                        new Column("deleted", Simple.TEXT, "text", true)),
                List.of(),
                List.of(new ForeignKey("fk", List.of("user"), USERS.id(), List.of("id"))));
        DeclaredModel events = file("""
                entities: [{name: users, as: event}, {name: logins, as: event}]
                hubs: [{name: mail, key: address}]
                links: [{from: users, path: email, to: mail}, {from: logins, path: deleted, to: mail}]
                ghost-records: true
                """);
        VaultFixture vault = new VaultFixture(server, "events", events, USERS, logins);
        Row login = new Row(logins, 1, "x");
        Row other = new Row(logins, null, null);
        vault.load(List.of(
                new RowCreated(at(USERS, 4), new Row(USERS, Unavailable.VALUE, 3, 2), BOB.keyOnly()),
                new RowDeleted(at(USERS, 4, 0), BOB.keyOnly(), null),
                CHANGES.get(3),
                CHANGES.get(2),
                CHANGES.get(0),
                new RowDeleted(at(logins, 7), login, null),
                new RowCreated(at(logins, 5), login, null),
                new RowCreated(at(logins, 6), login, null),
                new RowDeleted(at(logins, 9), other, null),
                new RowCreated(at(logins, 8), other, null)));

        assertThat(vault.state(USERS, 4)).containsExactly(new Row(USERS, " Bob@X ", 3, 2));
        assertThat(rows("SELECT id, email, isNull(valid_to) FROM events.users_history ORDER BY id"))
                .containsExactly("1 ann 0", "2  Bob@X  0", "3  Bob@X  1");
        assertThat(vault.state(logins, 6)).containsExactly(login, login);
        assertThat(vault.state(logins, 9)).containsExactly(login);
        assertThat(rows("SELECT isNull(user), isNull(valid_to) FROM events.logins_history ORDER BY ALL"))
                .containsExactly("0 0", "0 0", "0 1", "1 0");
        assertThat(rows("""
                SELECT m.address, count() FROM events.link_logins AS l
                INNER JOIN events.hub_mail AS m ON m.mail_hk = l.mail_hk AND m.record_source != 'ghost'
                WHERE NOT l.deleted GROUP BY ALL""")).containsExactly("x 2");
    }

    @Test
    void anEndThatALinkOfEventsGetsLaterHasItReadAgain() {
        String text =
                "hubs: [{name: mail, key: a}]\nentities: [{name: users, as: event}]\nlinks: [{from: users, path: ";
        DeclaredModel first = file(text + "email, to: mail, role: m}]");
        DeclaredModel second = file(text + "email, to: mail, role: n}]");
        new VaultFixture(server, "later_end", first, USERS).load(CHANGES.subList(0, 1));

        assertThat(new VaultFixture(server, "later_end", first, USERS).plan().unfilledTables())
                .isEmpty();
        assertThat(new VaultFixture(server, "later_end", second, USERS).plan().unfilledTables())
                .containsExactly("link_users");
    }

    @Test
    void anEntityThatIsLoadedDoesNotMoveToAnotherHub() {
        new VaultFixture(server, "moved", USERS, CUSTOMERS).load(CHANGES);

        assertThatThrownBy(() -> new VaultFixture(server, "moved", SHARED, USERS, CUSTOMERS))
                .isInstanceOfSatisfying(PipelineException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.MODEL_INVALID);
                    assertThat(e.what()).contains("another key", "person_hk");
                    assertThat(e.where()).isEqualTo("moved.sat_customers");
                });
    }

    @ParameterizedTest
    @EnumSource(HashAlgorithm.class)
    void ghostsAreInTheTablesAndInNoView(HashAlgorithm algorithm) {
        String database = "ghosts_" + algorithm.label().replace('-', '_');
        DeclaredModel ghosts = file("hash: {algorithm: %s}\nghost-records: true".formatted(algorithm.label()));
        new VaultFixture(server, database, ghosts, USERS, CUSTOMERS).load(CHANGES);
        VaultFixture again = new VaultFixture(server, database, ghosts, USERS, CUSTOMERS);

        assertThat(again.state(USERS, 4)).containsExactly(BOB);
        assertThat(rows("SELECT id FROM " + database + ".users_history ORDER BY id"))
                .containsExactly("1", "2");
        assertThat(rows("SELECT users_id FROM " + database + ".users_users_current"))
                .containsExactly("2");
        for (String table : List.of(
                "hub_users",
                "hub_customers",
                "sat_users",
                "sat_customers",
                "link_users_users",
                "sat_users_users_effectivity")) {
            assertThat(rows("SELECT count(), sum(commit_position) FROM " + database + "." + table
                            + " WHERE record_source = 'ghost'"))
                    .as(table)
                    .containsExactly("1 0");
        }
    }

    @Test
    void computedColumnsShowWhatTheirExpressionsMake() {
        ComputedViews.showValues(server);
    }

    @Test
    void computedColumnsAreNeverOfHalfARow() {
        ComputedViews.showHalfSentRows(server);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noComputedColumnFailsWhateverTheValuesAre(long seed) {
        ComputedViews.neverFail(server, seed);
    }

    @ParameterizedTest
    @CsvSource({"sha256-128, md5", "md5, sha256-128", "sha256, md5", "sha256-128, sha256"})
    void aVaultOfOtherHashesIsRefused(String filled, String asked) {
        String database = ("hashes_" + filled + "_" + asked).replace('-', '_');
        new VaultFixture(server, database, hash(filled), USERS).load(List.of(CHANGES.get(0)));

        assertThatThrownBy(() -> new VaultFixture(server, database, hash(asked), USERS))
                .isInstanceOfSatisfying(PipelineException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.MODEL_INVALID);
                    assertThat(e.what()).contains("by " + filled + ",", "asks for " + asked);
                });
        assertThat(new VaultFixture(server, database, hash(filled), USERS).state(USERS, 4))
                .containsExactly(ANN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: mail, key: address, text: [lower]}",
                "{name: mail, key: address}",
                "{name: mail, key: address, text: [lower, trim], collision-code: other}",
                "{name: mail, key: address, type: int32}"
            })
    void aHubOfKeysMadeByOtherRulesIsRefused(String asked) {
        String filled = "{name: mail, key: address, text: [lower, trim]}";
        new VaultFixture(server, "keys", mails(filled), USERS).load(List.of(CHANGES.get(0)));

        assertThatThrownBy(() -> new VaultFixture(server, "keys", mails(asked), USERS))
                .isInstanceOfSatisfying(PipelineException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.MODEL_INVALID);
                    assertThat(e.what()).contains("made of TEXT lower trimmed with collision code mail, and the vault");
                    assertThat(e.where()).isEqualTo("keys.hub_mail");
                });
        assertThat(new VaultFixture(server, "keys", mails(filled), USERS).state(USERS, 4))
                .containsExactly(ANN);
    }

    private static DeclaredModel mails(String hub) {
        return file("hubs: [" + hub + "]\nlinks: [{from: users, path: email, to: mail}]");
    }

    @Test
    void aTableOfAnotherKindIsRefused() {
        CollectionSchema knows = new CollectionSchema(
                new CollectionId("pg", "public", "knows"),
                CollectionKind.TABLE,
                List.of(new Column("a", Simple.INT32, "int4", false), new Column("b", Simple.INT32, "int4", false)),
                List.of("a", "b"),
                List.of(
                        new ForeignKey("a", List.of("a"), USERS.id(), List.of("id")),
                        new ForeignKey("b", List.of("b"), USERS.id(), List.of("id"))));
        new VaultFixture(server, "kinds", USERS, knows);

        assertThatThrownBy(() ->
                        new VaultFixture(server, "kinds", file("entities: [{name: knows, as: event}]"), USERS, knows))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.where()).isEqualTo("kinds.link_knows"));
    }

    private static DeclaredModel hash(String algorithm) {
        return file("hash: {algorithm: %s}".formatted(algorithm));
    }

    private static DeclaredModel file(String text) {
        return VaultFile.parse(text, "vault.yaml");
    }

    private static ChangeHeader at(CollectionSchema schema, long position) {
        return at(schema, position, 1);
    }

    private static ChangeHeader at(CollectionSchema schema, long position, long ordinal) {
        return new ChangeHeader(schema, new CommitOrder(position, ordinal), position, null);
    }

    /** The rows of a query, as text with a blank between the columns. */
    private static List<String> rows(String query) {
        return server.lines(query).stream().map(line -> line.replace('\t', ' ')).toList();
    }
}
