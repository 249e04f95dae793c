package io.vaultline.demo.shop;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** What happens to products: new prices, new owners, other shelves, and the end. */
final class ProductScript {
    /** The lane of the schema change and of everything that relies on it. */
    static final long SCHEMA_LANE = 0;

    private static final double PAUSE = 0.03;

    private final ShopScript.Parts parts;
    private final Words words;

    ProductScript(ShopScript.Parts parts) {
        this.parts = parts;
        this.words = parts.words();
    }

    /** A new price; the long description is left as it is, so PostgreSQL does not send it. */
    void changePrice(double at) {
        long product = parts.stock().soldProduct();
        add(product, at, newPrice(product, at));
    }

    /** Several new prices in one transaction, locked in one order. */
    void sale(double at) {
        List<ShopStep.Statement> statements = Stream.generate(
                        () -> parts.stock().soldProduct())
                .limit(8)
                .distinct()
                .sorted()
                .map(product -> newPrice(product, at))
                .toList();
        parts.timeline().add(words.between(0, 100), at, new ShopStep.Sql(statements, false));
    }

    /** A mistake that is taken back: no reader may ever see it. */
    void mistake(double at) {
        long product = parts.stock().soldProduct();
        ShopStep.Statement wrong = ShopStep.Statement.of("UPDATE shop.products SET price = 0.01 WHERE id = ?", product);
        parts.timeline().add(product, at, new ShopStep.Sql(List.of(wrong), true));
    }

    /** Other attributes, or a new description. */
    void rewrite(double at) {
        long product = parts.stock().soldProduct();
        ShopStep.Statement change = words.oneIn(2)
                ? ShopStep.Statement.of(
                        "UPDATE shop.products SET attributes = attributes || jsonb_build_object('rank', ?::int) WHERE id = ?",
                        words.between(1, 100),
                        product)
                : ShopStep.Statement.of(
                        "UPDATE shop.products SET description = ? WHERE id = ?", words.noise(4_000), product);
        add(product, at, change);
    }

    /** The product goes to another seller and back again, within one transaction or in two. */
    void lend(double at) {
        long product = parts.stock().soldProduct();
        ShopStep.Statement there = ownedBy(product, parts.stock().seller());
        ShopStep.Statement back =
                ownedBy(product, parts.stock().product(product).sellerId());
        if (words.oneIn(3)) {
            add(product, at, there, back);
        } else {
            add(product, at, there);
            add(product, at + PAUSE, back);
        }
    }

    /** Stock moves to another warehouse, which changes its primary key, and sometimes back. */
    void moveStock(ShopCatalog.Stock stock, double at) {
        add(stock.productId(), at, moved(stock.productId(), stock.warehouse(), "Lyon"));
        if (words.oneIn(2)) {
            add(stock.productId(), at + PAUSE, moved(stock.productId(), "Lyon", stock.warehouse()));
        }
    }

    /** A new product and its stock. */
    void introduce(long id, ShopCatalog.Size size, double at) {
        ShopCatalog.Product product =
                ShopCatalog.product(id, size, words, parts.time().at(at));
        ShopCatalog.Stock stock = new ShopCatalog.Stock(id, ShopCatalog.MAIN_WAREHOUSE, words.between(10, 100));
        add(id, at, ShopRows.insert(product), ShopRows.insert(stock));
    }

    /** A product is given up; its stock goes too, by the foreign key. */
    void discontinue(ShopCatalog.Product product, double at) {
        add(product.id(), at, ShopStep.Statement.of("DELETE FROM shop.products WHERE id = ?", product.id()));
    }

    /** The shop's programmers add a column. */
    void addDiscounts(double at) {
        ShopStep.Statement ddl = ShopStep.Statement.of("ALTER TABLE shop.products ADD COLUMN discount numeric(4, 2)");
        parts.timeline().add(SCHEMA_LANE, at, ShopStep.Sql.of(ddl));
    }

    /** Uses the new column. */
    void discount(double at) {
        ShopStep.Statement discount = ShopStep.Statement.of(
                "UPDATE shop.products SET discount = ? WHERE id = ?",
                BigDecimal.valueOf(words.between(1, 40), 2),
                parts.stock().soldProduct());
        parts.timeline().add(SCHEMA_LANE, at, ShopStep.Sql.of(discount));
    }

    private ShopStep.Statement newPrice(long product, double at) {
        BigDecimal factor = BigDecimal.valueOf(words.between(70, 135), 2);
        BigDecimal price = parts.stock().price(product).multiply(factor).setScale(2, RoundingMode.HALF_UP);
        OffsetDateTime now = parts.time().at(at).atOffset(ZoneOffset.UTC);
        return ShopStep.Statement.of(
                "UPDATE shop.products SET price = ?, updated_at = ? WHERE id = ?", price, now, product);
    }

    private static ShopStep.Statement ownedBy(long product, int seller) {
        return ShopStep.Statement.of("UPDATE shop.products SET seller_id = ? WHERE id = ?", seller, product);
    }

    private static ShopStep.Statement moved(long product, String from, String to) {
        return ShopStep.Statement.of(
                "UPDATE shop.inventory SET warehouse = ? WHERE product_id = ? AND warehouse = ?", to, product, from);
    }

    private void add(long product, double at, ShopStep.Statement... statements) {
        parts.timeline().add(product, at, ShopStep.Sql.of(statements));
    }
}
