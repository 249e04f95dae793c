package io.vaultline.demo.shop;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import java.util.function.ObjDoubleConsumer;

/**
 * Everything that is going to happen in the shop, written down beforehand: the same for the same seed, catalog, number
 * of orders and time. Each step is one transaction; the steps of a lane happen one after the other.
 */
public final class ShopScript {
    /** How many things happen at once. */
    public static final int LANES = 4;

    /** Orders are placed until here, so that the last of them are still delivered. */
    private static final double LAST_ORDER_AT = 0.8;

    private static final double SCHEMA_CHANGE_AT = 0.4;

    private static final int PAST_ORDERS = 150;
    private static final Duration PAST = Duration.ofDays(30);

    /** What the parts of a script share. */
    record Parts(ShopTime time, Words words, ShopStock stock, Timeline timeline) {}

    private ShopScript() {}

    /** The orders of the weeks before the opening, whose lives are over when it comes. */
    public static List<List<Timeline.Entry>> past(long seed, ShopCatalog catalog, Instant opening) {
        Parts parts =
                parts(new SplittableRandom(seed + 1), catalog, new ShopTime(opening.minus(PAST), PAST.minusMinutes(1)));
        addOrders(parts, 1, PAST_ORDERS);
        return parts.timeline().lanes();
    }

    /**
     * What happens from the opening on.
     *
     * @param seed of everything random
     * @param orders how many orders are placed, at least 1; everything else follows in proportion
     */
    public static List<List<Timeline.Entry>> of(
            long seed, ShopCatalog catalog, ShopCatalog.Size size, int orders, Instant opening, Duration open) {
        SplittableRandom random = new SplittableRandom(seed + 2);
        Parts parts = parts(random, catalog, new ShopTime(opening, open));
        addOrders(parts, PAST_ORDERS + 1, orders);
        addProducts(parts, new ProductScript(parts), size, orders);
        addAccounts(parts, new AccountScript(parts, random), size, orders);
        return parts.timeline().lanes();
    }

    private static Parts parts(SplittableRandom random, ShopCatalog catalog, ShopTime time) {
        Words words = new Words(random);
        return new Parts(time, words, new ShopStock(catalog, words), new Timeline(LANES));
    }

    private static void addOrders(Parts parts, int first, int count) {
        for (int i = 0; i < count; i++) {
            OrderScript.add(parts, first + i, LAST_ORDER_AT * i / count);
        }
    }

    private static void addProducts(Parts parts, ProductScript products, ShopCatalog.Size size, int orders) {
        Words words = parts.words();
        times(orders / 4, words, products::changePrice);
        times(atLeastOne(orders / 100), words, products::sale);
        times(atLeastOne(orders / 100), words, products::mistake);
        times(atLeastOne(orders / 40), words, products::rewrite);
        times(atLeastOne(orders / 40), words, products::lend);
        each(parts.stock().outsideStock(), atLeastOne(orders / 40), words, products::moveStock);
        each(parts.stock().shelfWarmers(), atLeastOne(orders / 100), words, products::discontinue);
        for (int i = 1; i <= atLeastOne(orders / 100); i++) {
            products.introduce(size.products() + i, size, moment(words));
        }
        products.addDiscounts(SCHEMA_CHANGE_AT);
        for (int i = 0; i < atLeastOne(orders / 40); i++) {
            products.discount(SCHEMA_CHANGE_AT + (1 - SCHEMA_CHANGE_AT) * moment(words));
        }
    }

    private static void addAccounts(Parts parts, AccountScript accounts, ShopCatalog.Size size, int orders) {
        Words words = parts.words();
        times(orders / 2, words, accounts::visit);
        times(atLeastOne(orders / 500), words, accounts::forgetFailures);
        times(atLeastOne(orders / 80), words, accounts::changeAddress);
        times(atLeastOne(orders / 80), words, accounts::changePassword);
        each(parts.stock().lookers(), atLeastOne(orders / 100), words, accounts::leave);
        for (int i = 1; i <= atLeastOne(orders / 40); i++) {
            accounts.signUp(size.users() + i, moment(words));
        }
    }

    private static void times(int count, Words words, DoubleConsumer what) {
        for (int i = 0; i < count; i++) {
            what.accept(moment(words));
        }
    }

    /** Does something with the first of some things, each once. */
    private static <T> void each(List<T> things, int count, Words words, ObjDoubleConsumer<T> what) {
        things.stream().limit(count).forEach(thing -> what.accept(thing, moment(words)));
    }

    private static double moment(Words words) {
        return words.between(1, 9_600) / 10_000.0;
    }

    private static int atLeastOne(int count) {
        return Math.max(1, count);
    }
}
