package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultModel;
import java.util.List;

/** The shop of the demonstration: tables in PostgreSQL, documents in MongoDB, and what links them. */
public final class Shop {
    public static final CollectionSchema USERS = Shapes.table("users")
            .key("user_id", Simple.INT64)
            .column("email", Simple.TEXT)
            .schema();
    public static final CollectionSchema SELLERS = Shapes.table("sellers")
            .key("seller_id", Simple.INT32)
            .column("name", Simple.TEXT)
            .schema();
    public static final CollectionSchema CATEGORIES = Shapes.table("categories")
            .key("category_id", Simple.INT32)
            .column("name", Simple.TEXT)
            .column("parent_id", Simple.INT32)
            .refers("parent_id", "categories", "category_id")
            .schema();
    public static final CollectionSchema PRODUCTS = Shapes.table("products")
            .key("product_id", Simple.INT64)
            .column("seller_id", Simple.INT32)
            .column("category_id", Simple.INT32)
            .column("price", new Decimal(12, 2))
            .column("attributes", Simple.JSON)
            .column("description", Simple.TEXT)
            .refers("seller_id", "sellers", "seller_id")
            .refers("category_id", "categories", "category_id")
            .schema();
    public static final CollectionSchema INVENTORY = Shapes.table("inventory")
            .key("product_id", Simple.INT64)
            .column("quantity", Simple.INT32)
            .refers("product_id", "products", "product_id")
            .schema();
    public static final CollectionSchema AUTH_EVENTS = Shapes.table("auth_events")
            .column("user_id", Simple.INT64)
            .column("at", Simple.TIMESTAMP_TZ)
            .column("kind", Simple.TEXT)
            .refers("user_id", "users", "user_id")
            .schema();
    public static final CollectionSchema PURCHASES = Shapes.documents("purchases")
            .column("user_id", Simple.INT64)
            .column("items", Simple.JSON)
            .column("status", Simple.TEXT)
            .schema();
    public static final CollectionSchema RATINGS = Shapes.documents("ratings")
            .column("product", Simple.JSON)
            .column("stars", Simple.INT32)
            .schema();

    public static final DeclaredModel LINKS = VaultFile.parse("""
            links:
              - {from: purchases, path: user_id, to: users}
              - from: purchases        # who bought what
                path: items[].product_id
                to: products
              - {from: ratings, path: product.id, to: products}
            """, "vault.yaml");

    private Shop() {}

    public static List<CollectionSchema> schemas() {
        return List.of(USERS, SELLERS, CATEGORIES, PRODUCTS, INVENTORY, AUTH_EVENTS, PURCHASES, RATINGS);
    }

    public static VaultModel model() {
        return VaultInference.infer(schemas(), LINKS);
    }
}
