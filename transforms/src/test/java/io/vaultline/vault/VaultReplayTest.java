package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.OrderHistory.Action;
import io.vaultline.vault.OrderHistory.Action.Kind;
import io.vaultline.vault.OrderHistory.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happened at the source, in whatever order and however often it is delivered, the vault says the same. */
class VaultReplayTest {
    private final VaultModel model = VaultInference.infer(
            List.of(OrderHistory.CUSTOMERS, OrderHistory.PRODUCTS, OrderHistory.ORDERS), OrderHistory.LINKS);

    @Provide
    Arbitrary<List<Action>> histories() {
        Arbitrary<Integer> ids = Arbitraries.integers().between(1, 3);
        Arbitrary<Order> orders = Combinators.combine(
                        ids.injectNull(0.3),
                        ids.set().ofMaxSize(3),
                        Arbitraries.of("", "a", "b").injectNull(0.3))
                .as(Order::new);
        Arbitrary<Kind> kinds = Arbitraries.of(
                Kind.INSERT,
                Kind.INSERT,
                Kind.INSERT,
                Kind.UPDATE,
                Kind.UPDATE,
                Kind.UPDATE,
                Kind.DELETE,
                Kind.MOVE,
                Kind.TRUNCATE);
        Arbitrary<Set<String>> unsent =
                Arbitraries.of("customer_id", "items", "note").set().ofMaxSize(2);
        return Combinators.combine(kinds, ids, ids, orders, unsent)
                .as(Action::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void theVaultShowsTheSourceAsItIs(@ForAll("histories") List<Action> actions, @ForAll Random random) {
        OrderHistory history = OrderHistory.of(actions);

        VaultReader vault = new VaultReader(delivered(history.events(), random));

        assertThat(orders(vault)).isEqualTo(history.orders());
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void deliveringTwiceAndInAnotherOrderMakesTheSameVault(
            @ForAll("histories") List<Action> actions, @ForAll Random random) {
        List<DataChangeEvent> events = OrderHistory.of(actions).events();

        Set<VaultRow> once =
                new VaultReader(VaultRows.of(new VaultMapper(model), events).all()).all();

        assertThat(new VaultReader(delivered(events, random)).all()).isEqualTo(once);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void theRowsOfAChangeDependOnNothingElse(@ForAll("histories") List<Action> actions) {
        VaultMapper used = new VaultMapper(model);
        for (DataChangeEvent event : OrderHistory.of(actions).events()) {
            assertThat(VaultRows.of(used, List.of(event)).all())
                    .isEqualTo(
                            VaultRows.of(new VaultMapper(model), List.of(event)).all());
        }
    }

    /** Each change once or more, in any order, by one of two mappers. */
    private List<VaultRow> delivered(List<DataChangeEvent> events, Random random) {
        List<DataChangeEvent> deliveries = new ArrayList<>(events);
        for (DataChangeEvent event : events) {
            if (random.nextInt(3) == 0) {
                deliveries.add(event);
            }
        }
        Collections.shuffle(deliveries, random);
        List<VaultMapper> mappers = List.of(new VaultMapper(model), new VaultMapper(model));
        List<VaultRow> rows = new ArrayList<>();
        for (DataChangeEvent event : deliveries) {
            rows.addAll(
                    VaultRows.of(mappers.get(random.nextInt(2)), List.of(event)).all());
        }
        return rows;
    }

    private static Map<Integer, Order> orders(VaultReader vault) {
        Map<Integer, Order> orders = new HashMap<>();
        vault.current("sat_orders", "orders_hk", "orders").forEach((key, values) -> {
            Integer id = (Integer)
                    vault.only("hub_orders", "orders_hk", key).values().get("order_id");
            Set<Integer> items = ids(vault.related(
                    "link_orders_products", "sat_orders_products_effectivity", key, "orders_hk", "products_hk"));
            assertThat(values).containsEntry("items", OrderHistory.json(items));
            Set<Integer> customers = ids(vault.related(
                    "link_orders_customers", "sat_orders_customers_effectivity", key, "orders_hk", "customers_hk"));
            Integer customer = (Integer) values.get("customer_id");
            assertThat(customers).isEqualTo(customer == null ? Set.of() : Set.of(customer));
            orders.put(id, new Order(customer, items, (String) values.get("note")));
        });
        return orders;
    }

    /** Which of the few ids there are in these tests a hash key stands for. */
    private static Set<Integer> ids(Set<Object> hashKeys) {
        Map<Object, Integer> byHash = new HashMap<>();
        for (int id = 1; id <= 3; id++) {
            byte[] hash = new HashContract().hashKey("pg", List.of(Simple.INT32), id);
            byHash.put(HexFormat.of().formatHex(hash), id);
        }
        assertThat(byHash.keySet()).containsAll(hashKeys);
        return hashKeys.stream().map(byHash::get).collect(Collectors.toSet());
    }
}
