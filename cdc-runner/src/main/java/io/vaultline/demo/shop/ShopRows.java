package io.vaultline.demo.shop;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that put a row into the shop's tables. */
final class ShopRows {
    private ShopRows() {}

    static ShopStep.Statement insert(ShopCatalog.User user) {
        return new Values()
                .add("id", user.id())
                .add("account", user.account())
                .add("email", user.email())
                .add("full_name", user.fullName())
                .add("password_hash", user.passwordHash())
                .add("born", user.born().orElse(null))
                .add("newsletter", user.newsletter())
                .add("created_at", time(user.createdAt()))
                .into("shop.users");
    }

    static ShopStep.Statement insert(ShopCatalog.Seller seller) {
        return new Values()
                .add("id", seller.id())
                .add("name", seller.name())
                .add("country", seller.country())
                .add("commission", seller.commission())
                .add("joined", seller.joined())
                .into("shop.sellers");
    }

    static ShopStep.Statement insert(ShopCatalog.Category category) {
        return new Values()
                .add("id", category.id())
                .add("parent_id", category.parentId().orElse(null))
                .add("name", category.name())
                .into("shop.categories");
    }

    static ShopStep.Statement insert(ShopCatalog.Product product) {
        return new Values()
                .add("id", product.id())
                .add("seller_id", product.sellerId())
                .add("category_id", product.categoryId())
                .add("name", product.name())
                .add("price", product.price())
                .add("attributes", "?::jsonb", product.attributes())
                .add("description", product.description())
                .add("weight_kg", product.weightKg().orElse(null))
                .add("updated_at", time(product.updatedAt()))
                .into("shop.products");
    }

    static ShopStep.Statement insert(ShopCatalog.Stock stock) {
        return new Values()
                .add("product_id", stock.productId())
                .add("warehouse", stock.warehouse())
                .add("quantity", stock.quantity())
                .into("shop.inventory");
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Columns and their values; null is written into the statement. */
    private static final class Values {
        private final List<String> columns = new ArrayList<>();
        private final List<String> expressions = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        Values add(String column, @Nullable Object value) {
            return add(column, "?", value);
        }

        Values add(String column, String expression, @Nullable Object value) {
            columns.add(column);
            expressions.add(value == null ? "NULL" : expression);
            if (value != null) {
                parameters.add(value);
            }
            return this;
        }

        ShopStep.Statement into(String table) {
            String text = "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                    + String.join(", ", expressions) + ")";
            return new ShopStep.Statement(text, parameters);
        }
    }
}
