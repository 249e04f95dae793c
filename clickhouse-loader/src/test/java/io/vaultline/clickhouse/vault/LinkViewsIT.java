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
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The views of links with several ends, degenerate keys and attributes, and of same-as links, against a source in memory. */
class LinkViewsIT {
    private static final CollectionSchema USERS = keyed("users");
    private static final CollectionSchema PRODUCTS = keyed("products");
    private static final CollectionSchema SALES = new CollectionSchema(
            new CollectionId("pg", "public", "sales"),
            CollectionKind.TABLE,
            List.of(
                    new Column("id", Simple.INT32, "int4", false),
                    new Column("buyer", Simple.INT32, "int4", true),
                    new Column("items", Simple.JSON, "jsonb", true),
                    new Column("note", Simple.TEXT, "text", true)),
            List.of("id"),
            List.of());
    private static final DeclaredModel SALE = VaultFile.parse("""
            links:
              - {from: sales, path: buyer, to: users}
              - from: sales
                name: sale
                ends:
                  - {path: buyer, to: users, role: buyer}
                  - {path: "items[].product", to: products}
                degenerate: {line: {path: "items[].line", type: int32}}
                satellite: {note: note, quantity: {path: "items[].quantity", type: int32}}
            """, "vault.yaml");
    private static final List<WireColumn> CURRENT = List.of(
            VaultFixture.column("sales_id", Simple.INT32),
            VaultFixture.column("buyer_id", Simple.INT32),
            VaultFixture.column("products_id", Simple.INT32),
            VaultFixture.column("line", Simple.INT32),
            VaultFixture.column("note", Simple.TEXT),
            VaultFixture.column("quantity", Simple.INT32));
    private static final List<WireColumn> SAME_AS =
            List.of(VaultFixture.column("duplicate_id", Simple.INT32), VaultFixture.column("master_id", Simple.INT32));
    private static final int KEYS = 4;

    @TempDir
    static Path directory;

    private static Devstack stack;
    private static ClickHouseGateway server;

    /** What a sale is at the source. */
    private record Sale(
            @Nullable Integer buyer,
            List<Item> items,
            @Nullable String note) {
        Row row(int id) {
            String json = items.stream().map(Item::json).collect(Collectors.joining(", ", "[", "]"));
            return new Row(SALES, id, buyer, json, note);
        }

        /** The relations that it states, each with the number among those of equal keys. */
        Map<List<Object>, List<@Nullable Object>> relations(int id) {
            Map<List<Object>, List<@Nullable Object>> relations = new LinkedHashMap<>();
            Map<List<Object>, Integer> numbers = new HashMap<>();
            for (Item item : items) {
                if (buyer != null && item.product != null) {
                    List<Object> key = List.of(id, buyer, item.product, item.line);
                    int number = numbers.merge(key, 1, Integer::sum);
                    List<@Nullable Object> shown = new ArrayList<>(key);
                    shown.add(note);
                    shown.add(item.quantity);
                    relations.put(List.of(key, number), shown);
                }
            }
            return relations;
        }
    }

    private record Item(@Nullable Integer product, int line, int quantity) {
        String json() {
            return "{\"product\": " + product + ", \"line\": " + line + ", \"quantity\": " + quantity + "}";
        }
    }

    private static CollectionSchema keyed(String name) {
        return new CollectionSchema(
                new CollectionId("pg", "public", name),
                CollectionKind.TABLE,
                List.of(new Column("id", Simple.INT32, "int4", false)),
                List.of("id"),
                List.of());
    }

    @BeforeAll
    static void start() {
        stack = Devstack.builder()
                .directory(directory)
                .servers(EnumSet.of(ServerKind.CLICKHOUSE))
                .start();
        server = VaultFixture.gateway(stack);
    }

    @AfterAll
    static void stop() {
        server.close();
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theViewsShowWhatTheRowsStateAndStated(long seed) {
        Random random = new Random(seed);
        Map<Integer, Sale> sales = new TreeMap<>();
        List<DataChangeEvent> events = new ArrayList<>();
        Map<List<Object>, List<@Nullable Object>> open = new LinkedHashMap<>();
        List<List<@Nullable Object>> periods = new ArrayList<>();
        Map<List<Object>, List<@Nullable Object>> bought = new LinkedHashMap<>();
        List<List<@Nullable Object>> purchases = new ArrayList<>();
        for (int position = 1; position <= 60; position++) {
            events.add(change(random, sales, position));
            Map<List<Object>, List<@Nullable Object>> relations = new LinkedHashMap<>();
            Map<List<Object>, List<@Nullable Object>> buyers = new LinkedHashMap<>();
            sales.forEach((id, sale) -> {
                relations.putAll(sale.relations(id));
                if (sale.buyer != null) {
                    buyers.put(List.of(id, sale.buyer), List.of(id, sale.buyer));
                }
            });
            follow(relations, position, open, periods);
            follow(buyers, position, bought, purchases);
        }
        VaultFixture vault = new VaultFixture(server, "sale_" + seed, SALE, USERS, PRODUCTS, SALES);
        events.addAll(List.copyOf(events.subList(20, 50)));
        Collections.shuffle(events, random);
        vault.load(events.subList(0, 45));
        vault.load(events.subList(45, events.size()));

        List<WireColumn> history = new ArrayList<>(CURRENT);
        history.add(VaultFixture.column("valid_from", Simple.TIMESTAMP));
        history.add(VaultFixture.column("valid_to", Simple.TIMESTAMP));
        assertThat(rows(vault.view("sale_current", CURRENT, "1")))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(
                        open.values().stream().map(row -> row.subList(0, 6)).toList());
        assertThat(rows(vault.view("sale_history", history, "1")))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(periods);
        List<WireColumn> buyerHistory = new ArrayList<>(
                List.of(VaultFixture.column("sales_id", Simple.INT32), VaultFixture.column("users_id", Simple.INT32)));
        buyerHistory.addAll(history.subList(6, 8));
        assertThat(rows(vault.view("sales_users_history", buyerHistory, "1")))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(purchases);
    }

    @Test
    void aFormerKeyLeadsPastOtherRowsThatHaveTheKeysOnItsWaySince() {
        DeclaredModel declared = VaultFile.parse("same-as: [{hub: users}]", "vault.yaml");
        VaultFixture vault = new VaultFixture(server, "renamed", declared, USERS);

        List<DataChangeEvent> events = new ArrayList<>(List.of(
                new RowCreated(at(USERS, 1), new Row(USERS, 1), null),
                moved(2, 1, 2),
                moved(3, 2, 3),
                new RowCreated(at(USERS, 4), new Row(USERS, 2), null),
                new RowCreated(at(USERS, 5), new Row(USERS, 4), null),
                moved(6, 4, 5),
                moved(7, 5, 4),
                new RowCreated(at(USERS, 8), new Row(USERS, 6), null),
                moved(9, 6, 7),
                new RowCreated(at(USERS, 10), new Row(USERS, 6), null)));
        Collections.shuffle(events, new Random(5));
        vault.load(events);

        assertThat(vault.view("users_same_as", SAME_AS, "duplicate_id"))
                .containsExactly(new Object[] {1, 3}, new Object[] {5, 4});
    }

    private static DataChangeEvent moved(long position, int from, int to) {
        return new RowCreated(at(USERS, position), new Row(USERS, to), new Row(USERS, from));
    }

    private static ChangeHeader at(CollectionSchema schema, long position) {
        return new ChangeHeader(schema, new CommitOrder(position, 1), position * 1000, null);
    }

    @Test
    void whatRowsSayOfKeysLeadsOnFromWhereKeysChanged() {
        CollectionSchema merges = new CollectionSchema(
                new CollectionId("crm", "public", "merges"),
                CollectionKind.TABLE,
                List.of(
                        new Column("id", Simple.INT32, "int4", false),
                        new Column("old", Simple.INT32, "int4", true),
                        new Column("new", Simple.INT32, "int4", true)),
                List.of("id"),
                List.of());
        DeclaredModel declared =
                VaultFile.parse("same-as: [{hub: users, from: merges, duplicate: old, master: new}]", "vault.yaml");
        VaultFixture vault = new VaultFixture(server, "merged", declared, USERS, merges);

        vault.load(List.of(
                new RowCreated(at(USERS, 1), new Row(USERS, 1), null),
                new RowCreated(at(USERS, 2), new Row(USERS, 2), new Row(USERS, 1)),
                new RowCreated(at(USERS, 3), new Row(USERS, 4), new Row(USERS, 3)),
                new RowCreated(at(USERS, 4), new Row(USERS, 10), null),
                moved(5, 10, 11),
                new RowDeleted(at(USERS, 6), new Row(USERS, 11), null),
                new RowCreated(at(USERS, 7), new Row(USERS, 11), null),
                moved(8, 11, 12),
                new RowCreated(at(merges, 1), new Row(merges, 1, 2, 3), null),
                new RowCreated(at(merges, 2), new Row(merges, 2, 7, 8), null),
                new RowCreated(at(merges, 3), new Row(merges, 3, 8, 7), null),
                new RowCreated(at(merges, 4), new Row(merges, 4, 5, 6), null),
                new RowDeleted(at(merges, 5), new Row(merges, 4, 5, 6), null)));

        assertThat(vault.view("users_same_as", SAME_AS, "duplicate_id"))
                .containsExactly(
                        new Object[] {1, 4},
                        new Object[] {2, 4},
                        new Object[] {3, 4},
                        new Object[] {7, 8},
                        new Object[] {8, 7},
                        new Object[] {10, 11},
                        new Object[] {11, 12});
    }

    private static List<List<@Nullable Object>> rows(List<@Nullable Object[]> rows) {
        return rows.stream().map(Arrays::asList).toList();
    }

    private static DataChangeEvent change(Random random, Map<Integer, Sale> sales, int position) {
        ChangeHeader header = new ChangeHeader(SALES, new CommitOrder(position, 1), position * 1000L, null);
        int id = random.nextInt(KEYS);
        Sale before = sales.get(id);
        int dice = random.nextInt(20);
        if (dice == 0) {
            sales.clear();
            return new CollectionTruncated(header);
        }
        if (before == null) {
            Sale sale = sale(random);
            sales.put(id, sale);
            return new RowCreated(header, sale.row(id), null);
        }
        if (dice < 4) {
            sales.remove(id);
            return new RowDeleted(header, before.row(id).keyOnly(), null);
        }
        return new RowUpdated(header, null, update(random, sales, id, before, dice));
    }

    /** Changes parts of a sale. @return what the source sends of it */
    private static Row update(Random random, Map<Integer, Sale> sales, int id, Sale before, int dice) {
        Sale drawn = sale(random);
        if (dice < 7) { // the same again, of which the large value is not sent
            return new Row(SALES, id, before.buyer, Unavailable.VALUE, before.note);
        }
        boolean sameNote = dice < 14;
        Sale sale = new Sale(
                dice % 2 == 0 ? before.buyer : drawn.buyer,
                dice % 3 == 0 ? before.items : drawn.items,
                sameNote ? before.note : drawn.note);
        sales.put(id, sale);
        Row row = sale.row(id);
        return sameNote ? new Row(SALES, id, sale.buyer, row.get("items"), Unavailable.VALUE) : row;
    }

    private static Sale sale(Random random) {
        List<Item> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Integer product = random.nextInt(6) == 0 ? null : random.nextInt(2);
            items.add(new Item(product, random.nextInt(2), random.nextInt(3)));
        }
        Integer buyer = random.nextInt(5) == 0 ? null : random.nextInt(2);
        return new Sale(buyer, items, random.nextInt(4) == 0 ? null : "n" + random.nextInt(3));
    }

    /** Ends the periods of what is not so any more, and begins those of what is new. */
    private static void follow(
            Map<List<Object>, List<@Nullable Object>> now,
            int position,
            Map<List<Object>, List<@Nullable Object>> open,
            List<List<@Nullable Object>> periods) {
        open.entrySet().removeIf(entry -> {
            List<@Nullable Object> period = entry.getValue();
            int shown = period.size() - 2;
            boolean same = period.subList(0, shown).equals(now.get(entry.getKey()));
            if (!same) {
                period.set(shown + 1, position * 1000L);
            }
            return !same;
        });
        now.forEach((key, shown) -> {
            if (!open.containsKey(key)) {
                List<@Nullable Object> period = new ArrayList<>(shown);
                period.add(position * 1000L);
                period.add(null);
                open.put(key, period);
                periods.add(period);
            }
        });
    }
}
