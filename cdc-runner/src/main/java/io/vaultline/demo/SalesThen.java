package io.vaultline.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import io.vaultline.iceberg.read.IcebergStateReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Adds up the sales per seller as of any moment, from the history alone. */
final class SalesThen {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final IcebergStateReader history;
    private final Function<CollectionId, CollectionSchema> schemas;

    /** @param schemas the newest shape of each collection */
    SalesThen(IcebergStateReader history, Function<CollectionId, CollectionSchema> schemas) {
        this.history = history;
        this.schemas = schemas;
    }

    /** Revenue of orders that were not cancelled, by the name of who sold the product then. */
    Map<String, BigDecimal> bySeller(Instant then) {
        Map<Object, String> sellers = new HashMap<>();
        read("pg", "sellers", then, row -> sellers.put(number(row, "id"), String.valueOf(row.get("name"))));
        Map<Object, String> sellerOfProduct = new HashMap<>();
        read(
                "pg",
                "products",
                then,
                row -> sellerOfProduct.put(number(row, "id"), sellers.getOrDefault(number(row, "seller_id"), "?")));
        Map<String, BigDecimal> sales = new TreeMap<>();
        read("mongo", "purchases", then, row -> {
            if (!Objects.equals(row.get("status"), "cancelled")) {
                items(row)
                        .forEach(item -> sales.merge(
                                sellerOfProduct.getOrDefault(
                                        item.path("product_id").asLong(), "?"),
                                revenue(item),
                                BigDecimal::add));
            }
        });
        return sales;
    }

    private void read(String source, String name, Instant then, Consumer<Row> rows) {
        history.readAsOf(schemas.apply(new CollectionId(source, "shop", name)), then, rows);
    }

    private static long number(Row row, String column) {
        return ((Number) Objects.requireNonNull(row.get(column))).longValue();
    }

    private static JsonNode items(Row purchase) {
        try {
            return JSON.readTree(String.valueOf(purchase.get("items")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("items of a purchase are JSON", e);
        }
    }

    private static BigDecimal revenue(JsonNode item) {
        return new BigDecimal(item.path("price").path("$numberDecimal").asText())
                .multiply(BigDecimal.valueOf(item.path("quantity").asLong()));
    }
}
