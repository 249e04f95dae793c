package io.vaultline.vault.oracle;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.vault.Shapes;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The collections that random histories happen to, and what their vault is, said without the help of the model. */
public final class World {
    public static final CollectionSchema CUSTOMERS = Shapes.table("customers")
            .key("customer_id", Simple.INT32)
            .column("email", Simple.TEXT)
            .schema();
    /** Nothing but its key. */
    public static final CollectionSchema PRODUCTS =
            Shapes.table("products").key("product_id", Simple.INT32).schema();
    /** Some columns are called like names that our queries use; they are in three satellites. */
    public static final CollectionSchema ORDERS = Shapes.table("orders")
            .column("position", Simple.TEXT)
            .key("order_id", Simple.INT32)
            .column("customer_id", Simple.INT32)
            .column("parent_id", Simple.INT32)
            .column("valid_from", new Decimal(20, 3))
            .column("items", Simple.JSON)
            .column("Select `x", Simple.TEXT)
            .refers("customer_id", "customers", "customer_id")
            .refers("parent_id", "orders", "order_id")
            .schema();
    /** A table of two keys, so a link. */
    public static final CollectionSchema ORDER_LINES = Shapes.table("order_lines")
            .key("order_id", Simple.INT32)
            .key("product_id", Simple.INT32)
            .column("quantity", Simple.INT32)
            .column("remark", Simple.TEXT)
            .refers("order_id", "orders", "order_id")
            .refers("product_id", "products", "product_id")
            .schema();

    public static final CollectionSchema ROOMS = Shapes.table("rooms")
            .key("hotel", Simple.TEXT)
            .key("room", Simple.INT32)
            .column("label", Simple.TEXT)
            .schema();
    public static final CollectionSchema STAYS = Shapes.table("stays")
            .key("stay_id", Simple.INT64)
            .column("hotel", Simple.TEXT)
            .column("room", Simple.INT32)
            .refers(List.of("hotel", "room"), "rooms", List.of("hotel", "room"))
            .schema();
    /** Without a key, so with equal rows. */
    public static final CollectionSchema TWINS = Shapes.table("twins")
            .column("name", Simple.TEXT)
            .column("customer_id", Simple.INT32)
            .refers("customer_id", "customers", "customer_id")
            .schema();

    public static final CollectionSchema PURCHASES = Shapes.documents("purchases")
            .column("customer", Simple.INT64)
            .column("items", Simple.JSON)
            .column("status", Simple.TEXT)
            .schema();

    /** Events with a key. */
    public static final CollectionSchema VISITS = Shapes.table("visits")
            .key("visit_id", Simple.INT32)
            .column("customer_id", Simple.INT32)
            .column("address", Simple.TEXT)
            .refers("customer_id", "customers", "customer_id")
            .schema();
    /** Events without a key. */
    public static final CollectionSchema LOGINS = Shapes.table("logins")
            .column("deleted", Simple.TEXT)
            .column("customer_id", Simple.INT32)
            .refers("customer_id", "customers", "customer_id")
            .schema();

    public static final CollectionSchema CODES = Shapes.table("codes")
            .key("code", Simple.TEXT)
            .column("label", Simple.TEXT)
            .column("note", Simple.TEXT)
            .schema();
    /** Two tables about the same persons. */
    public static final CollectionSchema CLIENTS = Shapes.table("clients")
            .column("remark", Simple.TEXT)
            .key("client_no", Simple.INT64)
            .schema();

    public static final CollectionSchema PATRONS = Shapes.table("patrons")
            .key("patron_no", Simple.INT64)
            .column("client_no", Simple.INT32)
            .schema();
    /** Which customer is another one. */
    public static final CollectionSchema MERGES = Shapes.table("merges")
            .key("old_id", Simple.INT32)
            .column("new_id", Simple.INT32)
            .schema();

    public static final List<CollectionSchema> COLLECTIONS = List.of(
            CUSTOMERS,
            PRODUCTS,
            ORDERS,
            ORDER_LINES,
            ROOMS,
            STAYS,
            TWINS,
            PURCHASES,
            VISITS,
            LOGINS,
            CODES,
            CLIENTS,
            PATRONS,
            MERGES);
    /** Collections whose one table holds all of them. */
    public static final Set<CollectionSchema> ALONE = Set.of(VISITS, LOGINS, CODES);
    /** Collections of which it is told how rows came and went. */
    public static final List<CollectionSchema> TRACKED = List.of(CUSTOMERS, ORDER_LINES, PATRONS);

    public static final DeclaredModel FILE = VaultFile.parse("""
        hubs:
          - {name: email, key: address, text: [trim, lower]}
          - name: sale
            key:
              - {name: customer_id, type: int32}
              - {name: product_id, type: int32}
          - {name: person, key: person_no, type: int64}
        same-as:
          - {hub: customers}
          - {hub: customers, from: merges, duplicate: old_id, master: new_id}
          - {hub: orders}
          - {hub: rooms}
        entities:
          - {name: visits, as: event}
          - {name: logins, as: event}
          - {name: codes, as: reference}
          - {name: clients, hub: person}
          - {name: patrons, hub: person, status-tracking: true}
          - {name: customers, status-tracking: true}
          - {name: order_lines, status-tracking: true}
          - name: orders
            satellites:
              - {name: texts, columns: [position, items]}
              - {name: slow, except: [valid_from]}
        links:
          - {from: customers, path: email, to: email}
          - {from: orders, path: 'items[]', to: products}
          - {from: visits, path: address, to: email}
          - {from: purchases, path: customer, to: customers}
          - {from: purchases, path: 'items[].product_id', to: products}
          - {from: purchases, path: [customer, 'items[].product_id'], to: sale}
        """, "vault.yaml");

    /** Collections whose old keys are kept. */
    public static final List<CollectionSchema> SAME_AS = List.of(CUSTOMERS, ORDERS, ROOMS);

    /** The business keys of hubs that are no collections. */
    public static final Map<String, List<Column>> KEY_HUBS = Map.of(
            "email", List.of(new Column("address", Simple.TEXT, "text", false)),
            "sale",
                    List.of(
                            new Column("customer_id", Simple.INT32, "int32", false),
                            new Column("product_id", Simple.INT32, "int32", false)));

    /**
     * Relations that rows of a collection state.
     *
     * @param name without prefix
     * @param role name of the other end's hash key without {@code _hk}
     * @param hub that they lead to
     * @param columns that state them
     * @param names whether a relation alone makes a row in that hub
     * @param targets business keys that a row is related to
     */
    public record Link(
            String name,
            CollectionSchema from,
            String role,
            String hub,
            Set<String> columns,
            boolean names,
            Function<Row, Set<List<Object>>> targets) {}

    public static final List<Link> LINKS = List.of(
            byColumn("orders_customers", ORDERS, "customers", "customers", "customer_id"),
            byColumn("orders_orders", ORDERS, "parent_id", "orders", "parent_id"),
            byColumn("twins_customers", TWINS, "customers", "customers", "customer_id"),
            new Link(
                    "stays_rooms",
                    STAYS,
                    "rooms",
                    "rooms",
                    Set.of("hotel", "room"),
                    false,
                    row -> key(row.get("hotel"), row.get("room"))),
            new Link(
                    "customers_email",
                    CUSTOMERS,
                    "email",
                    "email",
                    Set.of("email"),
                    true,
                    row -> key(Documents.address(row.get("email")))),
            new Link(
                    "orders_products",
                    ORDERS,
                    "products",
                    "products",
                    Set.of("items"),
                    true,
                    row -> Documents.numbers(row.get("items"))),
            new Link(
                    "purchases_customers",
                    PURCHASES,
                    "customers",
                    "customers",
                    Set.of("customer", "_misfits"),
                    true,
                    Documents::customer),
            new Link(
                    "purchases_products",
                    PURCHASES,
                    "products",
                    "products",
                    Set.of("items", "_misfits"),
                    true,
                    Documents::products),
            new Link(
                    "purchases_sale",
                    PURCHASES,
                    "sale",
                    "sale",
                    Set.of("customer", "items", "_misfits"),
                    true,
                    Documents::sales));

    /** Values that name rows of hubs without being links: of events, and of what says which keys mean the same. */
    public static final List<Link> NAMED = List.of(
            new Link(
                    "visits_email",
                    VISITS,
                    "email",
                    "email",
                    Set.of("address"),
                    true,
                    row -> key(Documents.address(row.get("address")))),
            new Link(
                    "merges_customers",
                    MERGES,
                    "customers",
                    "customers",
                    Set.of("old_id", "new_id"),
                    true,
                    World::merged));

    /** Ends of events, in the order of their table. */
    public static final List<Link> ENDS = List.of(
            byColumn("visits", VISITS, "customers", "customers", "customer_id"),
            NAMED.get(0),
            byColumn("logins", LOGINS, "customers", "customers", "customer_id"));

    private World() {}

    private static Set<List<Object>> merged(Row row) {
        Object old = row.get("old_id");
        Object other = row.get("new_id");
        return old == null || other == null || old.equals(other) ? Set.of() : Set.of(List.of(old), List.of(other));
    }

    /** The hub that a collection's rows are in. */
    public static String hub(CollectionSchema schema) {
        return Set.of(CLIENTS, PATRONS).contains(schema)
                ? "person"
                : schema.id().name();
    }

    /** The columns of each satellite of a collection, by the satellite's name without prefix. */
    public static List<Satellite> satellites(CollectionSchema schema) {
        String name = schema.id().name();
        if (ALONE.contains(schema)) {
            return List.of();
        }
        if (schema.equals(ORDERS)) {
            return List.of(
                    new Satellite(name, List.of("valid_from")),
                    new Satellite(name + "_texts", List.of("position", "items")),
                    new Satellite(name + "_slow", List.of("customer_id", "parent_id", "Select `x")));
        }
        List<String> columns = schema.columns().stream()
                .map(column -> column.name())
                .filter(column -> !schema.isKey(schema.indexOf(column).orElseThrow()))
                .toList();
        return List.of(new Satellite(name, columns));
    }

    /** A satellite by its name without prefix, and its columns. */
    public record Satellite(String name, List<String> columns) {}

    private static Link byColumn(String name, CollectionSchema from, String role, String hub, String column) {
        return new Link(name, from, role, hub, Set.of(column), false, row -> key(row.get(column)));
    }

    /** A reference leads nowhere if a part of it is null. */
    private static Set<List<Object>> key(@Nullable Object... parts) {
        for (Object part : parts) {
            if (part == null) {
                return Set.of();
            }
        }
        return Set.of(List.of(parts));
    }
}
