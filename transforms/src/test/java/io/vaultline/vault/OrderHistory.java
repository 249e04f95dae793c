package io.vaultline.vault;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The source of truth: a map that changes are made to, and the events that a source would send of them. */
final class OrderHistory {
    static final CollectionSchema CUSTOMERS =
            Shapes.table("customers").key("customer_id", Simple.INT32).schema();
    static final CollectionSchema PRODUCTS =
            Shapes.table("products").key("product_id", Simple.INT32).schema();
    static final CollectionSchema ORDERS = Shapes.table("orders")
            .key("order_id", Simple.INT32)
            .column("customer_id", Simple.INT32)
            .column("items", Simple.JSON)
            .column("note", Simple.TEXT)
            .refers("customer_id", "customers", "customer_id")
            .schema();
    static final DeclaredModel LINKS =
            VaultFile.parse("links: [{from: orders, path: 'items[]', to: products}]", "vault.yaml");

    /** What an order is. */
    record Order(
            @Nullable Integer customer,
            Set<Integer> items,
            @Nullable String note) {}

    /** Something that a user of the source does; it is passed over if it can't be done. */
    record Action(Kind kind, int id, int otherId, Order order, Set<String> unsent) {
        enum Kind {
            INSERT,
            UPDATE,
            DELETE,
            MOVE,
            TRUNCATE
        }
    }

    private final Map<Integer, Order> orders = new HashMap<>();
    private final List<DataChangeEvent> events = new ArrayList<>();
    private long position;

    static OrderHistory of(List<Action> actions) {
        OrderHistory history = new OrderHistory();
        actions.forEach(history::apply);
        return history;
    }

    Map<Integer, Order> orders() {
        return orders;
    }

    List<DataChangeEvent> events() {
        return events;
    }

    private void apply(Action action) {
        position++;
        boolean there = orders.containsKey(action.id);
        switch (action.kind) {
            case INSERT -> {
                if (!there) {
                    insert(action.id, action.order, 1);
                }
            }
            case UPDATE -> {
                if (there) {
                    update(action);
                }
            }
            case DELETE -> {
                if (there) {
                    delete(action.id, 1);
                }
            }
            case MOVE -> {
                if (there && !orders.containsKey(action.otherId)) {
                    delete(action.id, 1);
                    insert(action.otherId, action.order, 2);
                }
            }
            case TRUNCATE -> {
                orders.clear();
                events.add(new CollectionTruncated(header(1)));
            }
        }
    }

    private void insert(int id, Order order, long ordinal) {
        orders.put(id, order);
        events.add(new RowCreated(header(ordinal), row(id, order, Set.of()), null));
    }

    /** Columns that are not sent are those that the update leaves as they were. */
    private void update(Action action) {
        Order old = orders.getOrDefault(action.id, action.order);
        Order updated = new Order(
                action.unsent.contains("customer_id") ? old.customer : action.order.customer,
                action.unsent.contains("items") ? old.items : action.order.items,
                action.unsent.contains("note") ? old.note : action.order.note);
        orders.put(action.id, updated);
        events.add(new RowUpdated(header(1), null, row(action.id, updated, action.unsent)));
    }

    private void delete(int id, long ordinal) {
        orders.remove(id);
        Row before = new Row(ORDERS, id, null, null, null).keyOnly();
        events.add(new RowDeleted(header(ordinal), before, null));
    }

    private static Row row(int id, Order order, Set<String> unsent) {
        return new Row(
                ORDERS,
                id,
                unsent.contains("customer_id") ? Unavailable.VALUE : order.customer,
                unsent.contains("items") ? Unavailable.VALUE : json(order.items),
                unsent.contains("note") ? Unavailable.VALUE : order.note);
    }

    static String json(Set<Integer> items) {
        return items.stream().sorted().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }

    private ChangeHeader header(long ordinal) {
        return new ChangeHeader(ORDERS, new CommitOrder(position, ordinal), position * 1_000_000, null);
    }
}
