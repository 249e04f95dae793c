package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.SatelliteSpec;
import io.vaultline.vault.model.VaultColumn;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the mapper makes of what a vault model file says. */
class DeclaredModelTest {
    private static final CollectionSchema PEOPLE = Shapes.table("people")
            .key("id", Simple.INT32)
            .columns(Simple.TEXT, "name", "email", "phone")
            .column("seen", Simple.TIMESTAMP)
            .schema();
    private static final CollectionSchema ACCOUNTS =
            Shapes.documents("accounts").column("account_id", Simple.INT64).schema();
    private static final CollectionSchema CUSTOMERS =
            Shapes.documents("customers").column("accounts", Simple.JSON).schema();

    private final Changes people = Changes.of(PEOPLE);

    @Test
    void columnsAreKeptApartAndTheRestStaysWhereItWas() {
        VaultModel model = people("[{name: private, columns: [phone, email]}]");

        assertThat(model.entities().get(0).satellites())
                .containsExactly(
                        new SatelliteSpec("people", List.of("name", "seen")),
                        new SatelliteSpec("people_private", List.of("email", "phone")));
        assertThat(new VaultTables(model).all())
                .extracting(VaultTable::name)
                .containsExactly("hub_people", "sat_people", "sat_people_private", "truncation");
    }

    @Test
    void aSatelliteTakesAllButSomeAndButWhatOthersName() {
        VaultModel model = people("[{name: rest, except: [name]}, {name: fast, columns: [seen]}]");

        assertThat(model.entities().get(0).satellites())
                .containsExactly(
                        new SatelliteSpec("people", List.of("name")),
                        new SatelliteSpec("people_rest", List.of("email", "phone")),
                        new SatelliteSpec("people_fast", List.of("seen")));
    }

    @Test
    void aTableOfKeysCanKeepColumnsApartToo() {
        VaultModel model = VaultInference.infer(
                Northwind.schemas(),
                file("entities: [{name: order_details, satellites: [{name: price, columns: [unit_price]}]}]"));

        assertThat(model.entities().stream()
                        .filter(entity -> entity.name().equals("order_details"))
                        .findFirst()
                        .orElseThrow()
                        .satellites())
                .containsExactly(
                        new SatelliteSpec("order_details", List.of("discount", "quantity")),
                        new SatelliteSpec("order_details_price", List.of("unit_price")));
    }

    @Test
    void togetherTheSatellitesSayWhatOneWouldSay() {
        List<DataChangeEvent> events = List.of(
                people.read(1, "Ann", "a@x", "1", 5L),
                people.created(2, "Bob", null, Unavailable.VALUE, 6L),
                people.updated(1, Unavailable.VALUE, "b@x", "1", null),
                people.deleted(2, null, null, null, null),
                people.truncated());
        VaultRows one = VaultRows.of(new VaultMapper(people("[]")), events);
        VaultRows split = VaultRows.of(
                new VaultMapper(people("[{name: private, columns: [email, phone]}, {name: fast, columns: [seen]}]")),
                events);

        assertThat(split.in("hub_people")).hasToString(one.in("hub_people").toString());
        assertThat(split.in("truncation")).isEqualTo(one.in("truncation"));
        assertThat(one.in("sat_people")).hasSize(4);
        for (int i = 0; i < 4; i++) {
            Map<String, Object> together = new HashMap<>();
            List<Object> unavailable = new ArrayList<>();
            for (String table : List.of("sat_people", "sat_people_private", "sat_people_fast")) {
                Map<String, Object> values = split.in(table).get(i).values();
                together.putAll(values);
                unavailable.addAll((List<?>) values.getOrDefault(VaultColumn.UNAVAILABLE, List.of()));
            }
            together.put(VaultColumn.UNAVAILABLE, unavailable);
            Map<String, Object> whole =
                    new HashMap<>(one.in("sat_people").get(i).values());
            whole.remove(VaultColumn.HASHDIFF);
            together.remove(VaultColumn.HASHDIFF);
            assertThat(together).isEqualTo(whole);
        }
    }

    @Test
    void aSatelliteThatKeptNothingApartDiffersInNothing() {
        VaultRows rows = VaultRows.of(
                people("[{name: fast, columns: [seen]}]"),
                people.read(1, "Ann", "a@x", "1", 5L),
                people.updated(1, "Ann", "a@x", "1", 6L));

        assertThat(rows.in("sat_people"))
                .extracting(row -> row.get(VaultColumn.HASHDIFF))
                .containsOnly(rows.in("sat_people").get(0).get(VaultColumn.HASHDIFF));
        assertThat(rows.in("sat_people_fast"))
                .extracting(row -> row.get(VaultColumn.HASHDIFF))
                .doesNotHaveDuplicates();
    }

    @Test
    void aBusinessKeyIsOneHubForAllThatNameIt() {
        VaultModel model = VaultInference.infer(List.of(ACCOUNTS, CUSTOMERS), file("""
                hubs:
                  - {name: account, key: account_id, type: int64, collision-code: bank}
                links:
                  - {from: accounts, path: account_id, to: account}
                  - {from: customers, path: "accounts[]", to: account}
                """));

        VaultRows rows = VaultRows.of(
                new VaultMapper(model),
                List.of(
                        Changes.of(CUSTOMERS).created("c", null, "[371138, 324287]"),
                        Changes.of(ACCOUNTS).created("a", null, 371138L)));

        String key = HexFormat.of().formatHex(new HashContract().hashKey("bank", List.of(Simple.INT64), 371138L));
        assertThat(rows.in("hub_account"))
                .extracting(row -> row.get("account_id"))
                .containsExactly(371138L, 324287L, 371138L);
        assertThat(rows.in("hub_account").get(0).get("account_hk")).isEqualTo(key);
        assertThat(rows.only("link_accounts_account").get("account_hk")).isEqualTo(key);
        assertThat(rows.in("link_customers_account"))
                .extracting(row -> row.get("account_hk"))
                .contains(key);
        assertThat(rows.only("hub_accounts").get("_id")).isEqualTo("a");
    }

    @Test
    void aRowWithoutTheBusinessKeyOrThatIsGoneHasNoRelation() {
        VaultModel model = VaultInference.infer(List.of(ACCOUNTS), file("""
                hubs: [{name: account, key: account_id, type: int64}]
                links: [{from: accounts, path: account_id, to: account}]
                """));
        Changes accounts = Changes.of(ACCOUNTS);

        VaultRows rows = VaultRows.of(
                model,
                accounts.created("a", null, null),
                accounts.updated("a", null, 7L),
                accounts.updated("a", null, 8L),
                accounts.deleted("a", null, null));

        assertThat(rows.in("sat_accounts_account_effectivity"))
                .extracting(row -> row.get("active"))
                .containsExactly(false, true, true, false);
    }

    private static VaultModel people(String satellites) {
        return VaultInference.infer(
                List.of(PEOPLE), file("entities: [{name: people, satellites: %s}]".formatted(satellites)));
    }

    private static DeclaredModel file(String text) {
        return VaultFile.parse(text, "vault.yaml");
    }
}
