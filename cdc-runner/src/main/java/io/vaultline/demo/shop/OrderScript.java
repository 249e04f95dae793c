package io.vaultline.demo.shop;

import static io.vaultline.demo.shop.Bson.decimal;
import static io.vaultline.demo.shop.Bson.doc;
import static io.vaultline.demo.shop.Bson.id;
import static io.vaultline.demo.shop.Bson.text;
import static io.vaultline.demo.shop.Bson.time;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;

/** The life of one order: placed, paid, changed, shipped or cancelled, rated. */
final class OrderScript {
    private static final List<String> REASONS =
            List.of("changed my mind", "too late", "found it cheaper", "wrong size");
    private static final List<String> METHODS = List.of("card", "invoice", "transfer");
    /** A step comes so long after the one before, at most; a fraction of the whole time. */
    private static final double LONGEST_PAUSE = 0.06;
    /** From here on some customers leave a note: a field that no document had before. */
    private static final double NOTES_FROM = 0.5;

    private final ShopScript.Parts parts;
    private final Words words;
    private final int number;
    private final long user;
    private final Basket basket = new Basket();
    private double at;

    private OrderScript(ShopScript.Parts parts, int number, double placedAt) {
        this.parts = parts;
        this.words = parts.words();
        this.number = number;
        this.user = parts.stock().buyer();
        this.at = placedAt;
    }

    /** Adds the whole life of an order to the timeline. */
    static void add(ShopScript.Parts parts, int number, double placedAt) {
        new OrderScript(parts, number, placedAt).run();
    }

    private void run() {
        place();
        pay();
        if (words.oneIn(8)) {
            addItem();
        }
        if (words.oneIn(10) && basket.items().size() > 1) {
            removeItem();
        }
        if (words.oneIn(12)) {
            cancel();
            return;
        }
        status("shipped");
        status("delivered");
        if (words.oneIn(4)) {
            rate();
        }
    }

    private void place() {
        for (int i = words.between(1, 4); i > 0; i--) {
            basket.add(newItem());
        }
        Stream<ShopStep.Statement> taken = basket.items().stream().map(Basket.Item::take);
        ShopStep.Statement checkout = AccountScript.authEvent(user, "checkout", words, now());
        add(new ShopStep.Sql(Stream.concat(taken, Stream.of(checkout)).toList(), false));
        BsonDocument purchase = id(text(purchaseId()))
                .append("user_id", new BsonInt64(user))
                .append("status", text("placed"))
                .append("items", basket.toBson())
                .append("total", decimal(basket.total()))
                .append("address", doc("street", text(words.street())).append("city", text(words.city())))
                .append("placed_at", time(now()));
        addFieldsThatFewHave(purchase);
        add(ShopStep.Documents.of(new ShopStep.Write.Insert("purchases", purchase)));
    }

    private void addFieldsThatFewHave(BsonDocument purchase) {
        if (words.oneIn(5)) {
            purchase.append("coupon", text("WELCOME" + words.between(5, 20)));
        }
        if (words.oneIn(10)) {
            purchase.append("referrer", BsonNull.VALUE);
        }
        if (at > NOTES_FROM && words.oneIn(6)) {
            purchase.append("gift_note", text(words.saying()));
        }
    }

    private void pay() {
        pause();
        BsonDocument payment = doc("method", text(words.pick(METHODS))).append("at", time(now()));
        BsonDocument change = doc("$set", doc("status", text("paid")).append("payment", payment));
        if (words.oneIn(6)) {
            change.append("$unset", doc("coupon", text("")));
        }
        update(change);
    }

    private void addItem() {
        Basket.Item item = newItem();
        if (basket.add(item)) {
            pause();
            add(ShopStep.Sql.of(item.take()));
            update(doc("$push", doc("items", item.toBson())).append("$set", doc("total", decimal(basket.total()))));
        }
    }

    private void removeItem() {
        pause();
        Basket.Item item = words.pick(basket.items());
        basket.remove(item);
        BsonDocument which = doc("product_id", new BsonInt64(item.product()));
        update(doc("$pull", doc("items", which)).append("$set", doc("total", decimal(basket.total()))));
        add(ShopStep.Sql.of(item.putBack()));
    }

    private void status(String status) {
        pause();
        update(doc("$set", doc("status", text(status))));
    }

    private void cancel() {
        pause();
        BsonDocument cancellation = id(new BsonObjectId(Bson.objectId(1, number)))
                .append("purchase_id", text(purchaseId()))
                .append("reason", text(words.pick(REASONS)))
                .append("refunded", decimal(basket.total()))
                .append("at", time(now()));
        add(ShopStep.Documents.of(
                updated(doc("$set", doc("status", text("cancelled")))),
                new ShopStep.Write.Insert("cancellations", cancellation)));
        add(new ShopStep.Sql(basket.items().stream().map(Basket.Item::putBack).toList(), false));
    }

    private void rate() {
        pause();
        BsonObjectId rating = new BsonObjectId(Bson.objectId(2, number));
        BsonDocument document = id(rating)
                .append("user_id", new BsonInt64(user))
                .append("product_id", new BsonInt64(words.pick(basket.items()).product()))
                .append("stars", new BsonInt32(Math.max(words.between(1, 5), words.between(1, 5))))
                .append("text", text(words.saying()))
                .append("at", time(now()));
        add(ShopStep.Documents.of(new ShopStep.Write.Insert("ratings", document)));
        pause();
        if (words.oneIn(8)) {
            BsonDocument withoutText = doc("$unset", doc("text", text("")));
            add(ShopStep.Documents.of(new ShopStep.Write.Update("ratings", id(rating), withoutText)));
        } else if (words.oneIn(8)) {
            add(ShopStep.Documents.of(new ShopStep.Write.Delete("ratings", id(rating))));
        }
    }

    private Basket.Item newItem() {
        long product = parts.stock().soldProduct();
        return new Basket.Item(product, words.between(1, 3), parts.stock().price(product));
    }

    private void update(BsonDocument change) {
        add(ShopStep.Documents.of(updated(change)));
    }

    private ShopStep.Write.Update updated(BsonDocument change) {
        return new ShopStep.Write.Update("purchases", id(text(purchaseId())), change);
    }

    private String purchaseId() {
        return String.format("P-%06d", number);
    }

    private Instant now() {
        return parts.time().at(at);
    }

    private void pause() {
        at += LONGEST_PAUSE * words.between(20, 100) / 100;
    }

    private void add(ShopStep step) {
        parts.timeline().add(number, at, step);
    }
}
