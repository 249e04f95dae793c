package io.vaultline.demo.shop;

import static io.vaultline.demo.shop.Bson.decimal;
import static io.vaultline.demo.shop.Bson.doc;

import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;

/** The items of an order, by product. */
final class Basket {
    /** Some pieces of a product at the price of the day. */
    record Item(long product, int quantity, BigDecimal price) {
        BsonDocument toBson() {
            return doc("product_id", new BsonInt64(product))
                    .append("quantity", new BsonInt32(quantity))
                    .append("price", decimal(price));
        }

        /** Takes the pieces out of the main warehouse. */
        ShopStep.Statement take() {
            return move(-quantity);
        }

        /** Puts the pieces back. */
        ShopStep.Statement putBack() {
            return move(quantity);
        }

        private ShopStep.Statement move(int pieces) {
            return ShopStep.Statement.of(
                    "UPDATE shop.inventory SET quantity = quantity + ? WHERE product_id = ? AND warehouse = ?",
                    pieces,
                    product,
                    ShopCatalog.MAIN_WAREHOUSE);
        }
    }

    private final SortedMap<Long, Item> items = new TreeMap<>();

    /** Adds an item, unless there is one of that product. */
    boolean add(Item item) {
        return items.putIfAbsent(item.product(), item) == null;
    }

    void remove(Item item) {
        items.remove(item.product());
    }

    /** The items in the order of their products: transactions that lock rows in one order never wait in a circle. */
    List<Item> items() {
        return List.copyOf(items.values());
    }

    BigDecimal total() {
        return items.values().stream()
                .map(item -> item.price().multiply(BigDecimal.valueOf(item.quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BsonArray toBson() {
        return new BsonArray(items.values().stream().map(Item::toBson).toList());
    }
}
