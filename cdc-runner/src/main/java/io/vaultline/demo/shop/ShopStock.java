package io.vaultline.demo.shop;

import java.math.BigDecimal;
import java.util.List;

/** Who buys and what is bought. The last of the users only look, the last of the products are never sold. */
final class ShopStock {
    private static final int PERCENT_ACTIVE = 92;

    private final ShopCatalog catalog;
    private final Words words;

    ShopStock(ShopCatalog catalog, Words words) {
        this.catalog = catalog;
        this.words = words;
    }

    /** A user who buys; never deleted. */
    long buyer() {
        return words.between(1, active(catalog.users()));
    }

    /** A product that is bought; never deleted. Some are bought much more often than others. */
    long soldProduct() {
        int products = active(catalog.products());
        return Math.min(words.between(1, products), words.between(1, products));
    }

    /** The product's price at the opening. */
    BigDecimal price(long product) {
        return catalog.products().get((int) product - 1).price();
    }

    /** The users who only look, each of whom can be deleted. */
    List<ShopCatalog.User> lookers() {
        return idle(catalog.users());
    }

    /** The products that nobody buys, each of which can be deleted. */
    List<ShopCatalog.Product> shelfWarmers() {
        return idle(catalog.products());
    }

    /** The stock outside the main warehouse, each of which can be moved. */
    List<ShopCatalog.Stock> outsideStock() {
        return catalog.inventory().stream()
                .filter(stock -> !stock.warehouse().equals(ShopCatalog.MAIN_WAREHOUSE))
                .toList();
    }

    int seller() {
        return words.pick(catalog.sellers()).id();
    }

    ShopCatalog.Product product(long id) {
        return catalog.products().get((int) id - 1);
    }

    private static int active(List<?> all) {
        return Math.max(1, all.size() * PERCENT_ACTIVE / 100);
    }

    private static <T> List<T> idle(List<T> all) {
        return all.subList(active(all), all.size());
    }
}
