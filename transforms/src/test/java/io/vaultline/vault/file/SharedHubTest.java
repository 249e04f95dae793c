package io.vaultline.vault.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.Changes;
import io.vaultline.vault.Northwind;
import io.vaultline.vault.Shapes;
import io.vaultline.vault.Shop;
import io.vaultline.vault.VaultMapper;
import io.vaultline.vault.VaultRow;
import io.vaultline.vault.VaultRows;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entities of several sources on one declared hub. */
class SharedHubTest {
    private static final CollectionSchema USERS = Shapes.table("users")
            .key("user_id", Simple.INT32)
            .columns(Simple.TEXT, "name", "person_no")
            .column("boss", Simple.INT32)
            .refers("boss", "users", "user_id")
            .schema();
    private static final CollectionSchema BADGES = Shapes.table("badges")
            .key("badge", Simple.INT64)
            .column("owner", Simple.INT32)
            .refers("owner", "users", "user_id")
            .schema();
    private static final CollectionSchema CUSTOMERS = Shapes.of(
                    new CollectionId("crm", "sales", "customers"), CollectionKind.TABLE)
            .key("id", Simple.INT64)
            .column("city", Simple.TEXT)
            .schema();
    private static final String FILE = """
            hubs: [{name: person, key: person_no, type: int64}]
            entities:
              - {name: users, hub: person}
              - {name: customers, hub: person, satellites: [{name: place, columns: [city]}]}
            """;
    private static final String KEY =
            HexFormat.of().formatHex(new HashContract().hashKey("person", List.of(Simple.INT64), 7L));

    private final VaultModel model = model(FILE, USERS, BADGES, CUSTOMERS);

    @Test
    void rowsOfBothSourcesHangOnOneKey() {
        VaultRows rows = VaultRows.of(
                new VaultMapper(model),
                List.of(
                        Changes.of(USERS).created(7, "Ann", "x", null),
                        Changes.of(CUSTOMERS).created(7L, "Rome")));

        assertThat(rows.in("hub_person")).hasSize(2).allSatisfy(row -> {
            assertThat(row.get("person_hk")).isEqualTo(KEY);
            assertThat(row.get("person_no")).isEqualTo(7L);
        });
        assertThat(rows.only("sat_users").get("person_hk")).isEqualTo(KEY);
        assertThat(rows.only("sat_users").get("person_no_src")).isEqualTo("x");
        assertThat(rows.only("sat_customers_place").get("person_hk")).isEqualTo(KEY);
        assertThat(rows.only("sat_customers_place").get("city")).isEqualTo("Rome");
    }

    @Test
    void thereIsNoHubOfTheEntitiesOwn() {
        assertThat(new VaultTables(model).all())
                .extracting(VaultTable::name)
                .contains("hub_person", "hub_badges")
                .doesNotContain("hub_users", "hub_customers");
    }

    @Test
    void foreignKeysToTheEntityEndAtTheHub() {
        VaultRow link = VaultRows.of(model, Changes.of(BADGES).created(1L, 7)).only("link_badges_users");

        assertThat(link.get("person_hk")).isEqualTo(KEY);
        assertThat(link.get("badges_users_hk"))
                .isEqualTo(HexFormat.of()
                        .formatHex(new HashContract()
                                .start()
                                .text("pg")
                                .value(Simple.INT64, 1L)
                                .text("person")
                                .value(Simple.INT64, 7L)
                                .hash()));
    }

    @Test
    void foreignKeysOfTheEntityBeginAtTheHub() {
        VaultRow link =
                VaultRows.of(model, Changes.of(USERS).created(7, "Ann", "x", 7)).only("link_users_users");

        assertThat(link.get("person_hk")).isEqualTo(KEY);
        assertThat(link.get("boss_hk")).isEqualTo(KEY);
    }

    @Test
    void aDeleteInOneSourceLeavesTheOthersVersions() {
        VaultRows rows = VaultRows.of(
                new VaultMapper(model),
                List.of(
                        Changes.of(USERS).created(7, "Ann", null, null),
                        Changes.of(CUSTOMERS).deleted(7L, null),
                        Changes.of(CUSTOMERS).truncated()));

        assertThat(rows.only("sat_users").get("deleted")).isEqualTo(false);
        assertThat(rows.only("sat_customers").get("deleted")).isEqualTo(true);
        assertThat(rows.only("truncation").get("entity")).isEqualTo("customers");
    }

    @Test
    void aNewKeyLeadsBackToTheOldOne() {
        Changes users = Changes.of(USERS);
        RowCreated moved = new RowCreated(
                users.created(8, Unavailable.VALUE, "x", null).header(),
                new Row(USERS, 8, Unavailable.VALUE, "x", null),
                new Row(USERS, 7, null, null, null).keyOnly());

        assertThat(VaultRows.of(model, moved).only("sat_users").get("moved_from"))
                .isEqualTo(KEY);
    }

    @Test
    void aTableOfKeysCanHangOnAHubOfItsWholeKey() {
        List<CollectionSchema> schemas = Northwind.schemas();
        VaultModel northwind = model("""
                hubs: [{name: order_line, key: [{name: order_no, type: int64}, {name: line, type: int64}]}]
                entities: [{name: order_details, hub: order_line}]
                """, schemas.toArray(CollectionSchema[]::new));

        assertThat(northwind.links())
                .extracting(LinkSpec::name)
                .contains("order_details_orders", "order_details_products");
        assertThat(new VaultTables(northwind).all())
                .extracting(VaultTable::name)
                .contains("hub_order_line")
                .doesNotContain("link_order_details");
    }

    @Test
    void integersAndUuidsAreKeysAsTextToo() {
        VaultModel texts = model(FILE.replace("int64", "text"), USERS, CUSTOMERS);

        VaultRow hub = VaultRows.of(texts, Changes.of(USERS).created(-7, null, null, null))
                .only("hub_person");

        assertThat(hub.get("person_no")).isEqualTo("-7");
        assertThat(hub.get("person_hk"))
                .isEqualTo(HexFormat.of().formatHex(new HashContract().hashKey("person", List.of(Simple.INT64), -7L)));
    }

    @Test
    void aHubThatCanNotHoldTheKeyIsRefused() {
        List<CollectionSchema> schemas = new ArrayList<>(Shop.schemas());
        schemas.add(CUSTOMERS);
        String text = """
                hubs:
                  - {name: person, key: person_no, type: int32}
                  - {name: mail, key: address, text: [lower]}
                  - {name: two, key: [{name: a}, {name: b}]}
                  - {name: sellers, key: no, type: int64}
                entities:
                  - {name: users, hub: person}
                  - {name: customers, hub: persons}
                  - {name: purchases, hub: mail}
                  - {name: products, hub: two}
                  - {name: auth_events, hub: two}
                  - {name: sellers, hub: sellers}
                """;
        DeclaredModel declared = VaultFile.parse(text, "vault.yaml");
        VaultModel inferred = VaultInference.infer(schemas, declared);

        assertThat(inferred.entityOf(CUSTOMERS.id()).orElseThrow().anchor().table())
                .isEqualTo("hub_customers");
        assertThatThrownBy(() -> declared.check(inferred))
                .isInstanceOfSatisfying(
                        PipelineException.class,
                        e -> assertThat(e.what())
                                .contains(
                                        "5 problems",
                                        "line 7, column 24: `user_id` of `users` is INT64, and `person_no` INT32 of hub `person`"
                                                + " does not hold all of its values",
                                        "line 8, column 28: unknown hub `persons`; did you mean `person`?",
                                        "line 9, column 28: the `text` rules of hub `mail` could make one key of two rows of"
                                                + " `purchases`; link to it by `_id` instead",
                                        "line 10, column 27: `products` has the key `product_id` INT64, and hub `two` `a` TEXT,"
                                                + " `b` TEXT",
                                        "line 11, column 30: `auth_events` has no key that could be that of hub `two`"));
    }

    @Test
    void aLinkFromARowToItselfIsRefused() {
        DeclaredModel declared =
                VaultFile.parse(FILE + "links: [{from: users, path: user_id, to: person}]", "vault.yaml");

        assertThat(declared.unmet(VaultInference.infer(List.of(USERS, CUSTOMERS), declared)))
                .singleElement()
                .asString()
                .contains("a cycle: each row of `users` would refer to itself");
    }

    private static VaultModel model(String file, CollectionSchema... schemas) {
        DeclaredModel declared = VaultFile.parse(file, "vault.yaml");
        VaultModel model = VaultInference.infer(List.of(schemas), declared);
        declared.check(model);
        return model;
    }
}
