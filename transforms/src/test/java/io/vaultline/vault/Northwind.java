package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType.Simple;
import java.util.List;

/** The shape of the Northwind sample database: its keys and references, and some of its other columns. */
public final class Northwind {
    private Northwind() {}

    public static List<CollectionSchema> schemas() {
        return List.of(
                numbered("categories", "category_id", "category_name"),
                coded("customer_demographics", "customer_type_id", "customer_desc"),
                coded("customers", "customer_id", "company_name"),
                Shapes.table("customer_customer_demo")
                        .key("customer_id", Simple.TEXT)
                        .key("customer_type_id", Simple.TEXT)
                        .refers("customer_type_id", "customer_demographics", "customer_type_id")
                        .refers("customer_id", "customers", "customer_id")
                        .schema(),
                Shapes.table("employees")
                        .key("employee_id", Simple.INT16)
                        .columns(Simple.TEXT, "last_name")
                        .columns(Simple.INT16, "reports_to")
                        .refers("reports_to", "employees", "employee_id")
                        .schema(),
                Shapes.table("employee_territories")
                        .key("employee_id", Simple.INT16)
                        .key("territory_id", Simple.TEXT)
                        .refers("territory_id", "territories", "territory_id")
                        .refers("employee_id", "employees", "employee_id")
                        .schema(),
                Shapes.table("order_details")
                        .key("order_id", Simple.INT16)
                        .key("product_id", Simple.INT16)
                        .columns(Simple.FLOAT32, "unit_price", "discount")
                        .columns(Simple.INT16, "quantity")
                        .refers("product_id", "products", "product_id")
                        .refers("order_id", "orders", "order_id")
                        .schema(),
                Shapes.table("orders")
                        .key("order_id", Simple.INT16)
                        .columns(Simple.TEXT, "customer_id")
                        .columns(Simple.INT16, "employee_id", "ship_via")
                        .refers("customer_id", "customers", "customer_id")
                        .refers("employee_id", "employees", "employee_id")
                        .refers("ship_via", "shippers", "shipper_id")
                        .schema(),
                Shapes.table("products")
                        .key("product_id", Simple.INT16)
                        .columns(Simple.TEXT, "product_name")
                        .columns(Simple.INT16, "supplier_id", "category_id")
                        .refers("category_id", "categories", "category_id")
                        .refers("supplier_id", "suppliers", "supplier_id")
                        .schema(),
                numbered("region", "region_id", "region_description"),
                numbered("shippers", "shipper_id", "company_name"),
                numbered("suppliers", "supplier_id", "company_name"),
                Shapes.table("territories")
                        .key("territory_id", Simple.TEXT)
                        .columns(Simple.INT16, "region_id")
                        .refers("region_id", "region", "region_id")
                        .schema(),
                numbered("us_states", "state_id", "state_name"));
    }

    private static CollectionSchema numbered(String name, String key, String text) {
        return Shapes.table(name)
                .key(key, Simple.INT16)
                .columns(Simple.TEXT, text)
                .schema();
    }

    private static CollectionSchema coded(String name, String key, String text) {
        return Shapes.table(name)
                .key(key, Simple.TEXT)
                .columns(Simple.TEXT, text)
                .schema();
    }
}
