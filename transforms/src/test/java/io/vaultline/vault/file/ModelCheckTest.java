package io.vaultline.vault.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.ErrorClass;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.Northwind;
import io.vaultline.vault.Shapes;
import io.vaultline.vault.Shop;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a vault model file says that the sources do not bear out. */
class ModelCheckTest {
    private static final CollectionSchema ACCOUNTS = Shapes.documents("accounts")
            .column("account_id", Simple.INT64)
            .column("owners", Simple.JSON)
            .schema();
    private static final CollectionSchema CUSTOMERS = Shapes.documents("customers")
            .column("accounts", Simple.JSON)
            .column("since", Simple.TIMESTAMP_TZ)
            .schema();
    private static final CollectionSchema ITEMS = new CollectionSchema(
            new CollectionId("pg", "public", "items"),
            CollectionKind.TABLE,
            List.of(
                    new Column("id", Simple.INT64, "int8", false),
                    new Column("sku", Simple.TEXT, "text", false),
                    new Column("ean", Simple.TEXT, "text", true)),
            List.of("id"),
            List.of());

    @Test
    void aFileThatFitsTheSourcesIsAccepted() {
        check("""
                hubs:
                  - {name: account, key: account_id, type: int64}
                entities:
                  - name: users
                    key: [user_id]
                    satellites:
                      - {name: private, columns: [email]}
                  - name: purchases
                    satellites:
                      - {name: later, columns: [a field that no document has yet]}
                links:
                  - {from: accounts, path: account_id, to: account}
                  - {from: customers, path: "accounts[]", to: account}
                """);
    }

    @Test
    void aViewThatAnotherEntityHasIsRefused() {
        CollectionSchema codes =
                Shapes.table("users_notes").key("code", Simple.TEXT).schema();
        CollectionSchema status =
                Shapes.table("items_status").key("code", Simple.TEXT).schema();
        CollectionSchema users = Shapes.table("users")
                .key("id", Simple.INT32)
                .column("notes", Simple.JSON)
                .schema();
        DeclaredModel declared = VaultFile.parse("""
                entities:
                  - {name: users_notes, as: reference}
                  - {name: items_status, as: reference}
                  - {name: items, status-tracking: true}
                  - name: users
                    satellites: [{name: notes, array: notes, columns: {.: text}}]
                """, "vault.yaml");

        assertThat(declared.unmet(VaultInference.infer(List.of(users, codes, status, ITEMS), declared)))
                .containsExactly(
                        "line 4, column 36: another part of the vault has the view `items_status_current`",
                        "line 6, column 25: another part of the vault has the view `users_notes_current`");
    }

    @Test
    void anEntityThatIsNotThereIsNamedWithTheNearestAndAllThatThereAre() {
        assertThat(problems("""
                entities:
                  - name: user
                    satellites: []
                """))
                .contains("line 2, column 11: unknown entity `user`; did you mean `users`?", "`auth_events`");
    }

    @Test
    void aColumnThatIsNotThereIsNamedWithTheNearestAndAllThatThereAre() {
        assertThat(problems("""
                entities:
                  - name: users
                    satellites:
                      - name: private
                        columns: [emial]
                      - name: rest
                        except: [fone]
                """))
                .contains(
                        "2 problems",
                        "line 5, column 19: unknown column of users `emial`; did you mean `email`?"
                                + " (there is `user_id`, `email`)",
                        "line 7, column 18: unknown column of users `fone` (there is `user_id`, `email`)");
    }

    @Test
    void aKeyColumnCanNotBeKeptApart() {
        assertThat(problems("entities: [{name: users, satellites: [{name: private, columns: [user_id]}]}]"))
                .contains("`user_id` is part of the key, which `hub_users` holds");
        assertThat(problems("entities: [{name: auth_events, satellites: [{name: private, columns: [kind]}]}]"))
                .contains("`auth_events` has no key, so a row is all its columns");
    }

    @Test
    void aSatelliteDoesNotTakeTheTableOfAnother() {
        assertThat(problems(
                        "entities: [{name: products, satellites: [{name: sellers_effectivity, columns: [price]}]}]"))
                .contains(
                        "line 1, column 49: another part of the vault has the table `sat_products_sellers_effectivity`");
    }

    @Test
    void anArrayThatNoColumnHoldsIsNamed() {
        assertThat(problems("""
                entities:
                  - name: products
                    satellites:
                      - {name: a, array: atributes.colors, columns: {.: text}}
                      - {name: b, array: description, columns: {.: text}}
                      - {name: c, array: product_id, columns: {.: text}}
                      - {name: sellers_effectivity, array: attributes, columns: {.: text}}
                  - name: auth_events
                    satellites: [{name: d, array: kind, columns: {.: text}}]
                """))
                .contains(
                        "5 problems",
                        "line 4, column 26: unknown column of products `atributes`; did you mean `attributes`?",
                        "line 5, column 26: `description` is TEXT, and only JSON holds arrays",
                        "line 6, column 26: `product_id` is part of the key",
                        "line 7, column 16: another part of the vault has the table `sat_products_sellers_effectivity`",
                        "line 9, column 25: `auth_events` has no key");
    }

    @Test
    void aHubThatIsAnEntityAlreadyIsASecondOne() {
        assertThat(problems("""
                hubs:
                  - {name: users, key: email}
                links:
                  - {from: users, path: email, to: users}
                """))
                .contains("line 2, column 12: a second hub `users`: pg.public.users is called so already");
    }

    @Test
    void aHubThatNoLinkLeadsToIsNamed() {
        assertThat(problems("hubs: [{name: account, key: account_id}]"))
                .contains("line 1, column 15: no link leads to hub `account`");
    }

    @Test
    void aLinkToAHubThatIsNotDeclaredIsNamed() {
        assertThat(problems("""
                hubs:
                  - {name: account, key: account_id, type: int64}
                links:
                  - {from: accounts, path: account_id, to: account}
                  - {from: customers, path: "accounts[]", to: acount}
                """))
                .contains("a problem", "line 5, column 47: unknown entity `acount`; did you mean `account`?");
    }

    @Test
    void aLinkFromEachRowToItselfIsACycle() {
        assertThat(problems("links: [{from: users, path: user_id, to: users}]"))
                .contains("line 1, column 42: a cycle: each row of `users` would refer to itself");
    }

    @Test
    void aColumnWhoseTypeHasNoKeysOfTheHubIsNamed() {
        assertThat(problems("links: [{from: customers, path: since, to: users}]"))
                .contains("`since` is TIMESTAMP_TZ and can't name a row of `users`, whose key is INT64");
    }

    @Test
    void aBusinessKeyThatADeleteDoesNotCarryIsRefusedWithTheSettingThatItNeeds() {
        assertThat(problems("entities: [{name: items, key: [sku]}]"))
                .contains(
                        "line 1, column 32: a delete of `items` carries its key `id`, and `sku` only with"
                                + " `ALTER TABLE public.items REPLICA IDENTITY FULL`",
                        "declare a hub with the key `sku`");
    }

    @Test
    void aBusinessKeyThatCanBeNullIsRefused() {
        assertThat(problems("entities: [{name: items, key: [ean]}]"))
                .contains("line 1, column 32: `ean` can be null", "REPLICA IDENTITY FULL");
        assertThat(problems("entities: [{name: accounts, key: [account_id]}]"))
                .contains("`account_id` can be null", "collMod: 'accounts'", "changeStreamPreAndPostImages");
    }

    @Test
    void aKeyThatIsNotTheSourcesIsRefused() {
        assertThat(problems("entities: [{name: order_details, key: [product_id, order_id]}]", Northwind.schemas()))
                .contains("the key of `order_details` at the source is `order_id`, `product_id`, in this order");
        assertThat(problems("entities: [{name: items, key: [idd]}]"))
                .contains("unknown column of items `idd`; did you mean `id`?");
        assertThat(problems("entities: [{name: auth_events, key: [kind]}]")).contains("`kind` can be null");
    }

    @Test
    void sameAsIsSaidOfHubsWhoseKeysCanChange() {
        assertThat(problems("same-as: [{hub: user}]")).contains("unknown entity `user`; did you mean `users`?");
        assertThat(problems("same-as: [{hub: auth_events}]"))
                .contains("line 1, column 17: `auth_events` has no primary key");
        assertThat(problems("same-as: [{hub: order_details}]", Northwind.schemas()))
                .contains("`order_details` is a link");
        assertThatThrownBy(() -> VaultFile.parse("same-as: [{hub: users}, {hub: users}]", "vault.yaml"))
                .hasMessageContaining("line 1, column 31: a second same-as of hub `users`");
    }

    @Test
    void allProblemsComeAtOnceInTheFilesOrder() {
        String text = """
                links:
                  - {from: users, path: user_id, to: users}
                entities:
                  - {name: nothing}
                hubs:
                  - {name: lonely, key: id}
                """;
        String problems = problems(text, Shop.schemas());
        DeclaredModel declared = VaultFile.parse(text, "vault.yaml");
        List<String> unmet = declared.unmet(VaultInference.infer(Shop.schemas(), declared));

        assertThat(unmet).hasSize(3);

        assertThat(problems).contains("3 problems").contains(unmet);
        assertThat(problems.lines().skip(1).map(line -> line.strip().substring(0, 6)))
                .containsExactly("line 2", "line 4", "line 6");
    }

    private static String problems(String text) {
        List<CollectionSchema> schemas = new ArrayList<>(Shop.schemas());
        schemas.addAll(List.of(ACCOUNTS, CUSTOMERS, ITEMS));
        return problems(text, schemas);
    }

    private static String problems(String text, List<CollectionSchema> schemas) {
        List<String> found = new ArrayList<>();
        DeclaredModel declared = VaultFile.parse(text, "vault.yaml");
        VaultModel model = VaultInference.infer(schemas, declared);
        assertThatThrownBy(() -> declared.check(model)).isInstanceOfSatisfying(PipelineException.class, e -> {
            assertThat(e.code().errorClass()).isEqualTo(ErrorClass.USER_CONFIG);
            found.add(e.what());
        });
        return found.get(0);
    }

    private static void check(String text) {
        List<CollectionSchema> schemas = new ArrayList<>(Shop.schemas());
        schemas.addAll(List.of(ACCOUNTS, CUSTOMERS, ITEMS));
        DeclaredModel declared = VaultFile.parse(text, "vault.yaml");
        declared.check(VaultInference.infer(schemas, declared));
    }
}
