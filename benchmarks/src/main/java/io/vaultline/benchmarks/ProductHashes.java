package io.vaultline.benchmarks;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import io.vaultline.vault.hash.HashContract;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The hashes that a product's update needs, and nothing else: of two hubs, a link, and two satellites. */
final class ProductHashes {
    private static final Set<String> KEYS = Set.of("product_id");
    private static final Set<String> PRICES = Set.of("price", "currency", "stock", "updated_at");

    private final HashContract hash = new HashContract();
    private final String source;
    private final int key;
    private final int seller;
    private final int[] prices;
    private final int[] rest;
    private final CollectionSchema schema;

    ProductHashes(CollectionSchema schema) {
        this.schema = schema;
        this.source = schema.id().source();
        this.key = schema.indexOf("product_id").orElseThrow();
        this.seller = schema.indexOf("seller_id").orElseThrow();
        List<String> names =
                schema.columns().stream().map(column -> column.name()).sorted().toList();
        this.prices = places(names.stream().filter(PRICES::contains).toList());
        this.rest = places(names.stream()
                .filter(name -> !PRICES.contains(name) && !KEYS.contains(name))
                .toList());
    }

    private int[] places(List<String> names) {
        return names.stream()
                .mapToInt(name -> schema.indexOf(name).orElseThrow())
                .toArray();
    }

    void compute(Row row, Consumer<byte[]> sink) {
        sink.accept(identity(hash.start(), row, key).hash());
        sink.accept(identity(hash.start(), row, seller).hash());
        sink.accept(identity(identity(hash.start(), row, key), row, seller).hash());
        sink.accept(difference(row, prices));
        sink.accept(difference(row, rest));
    }

    private HashContract identity(HashContract parts, Row row, int column) {
        return parts.text(source).value(schema.columns().get(column).type(), row.get(column));
    }

    private byte[] difference(Row row, int[] columns) {
        hash.start();
        for (int column : columns) {
            hash.text(schema.columns().get(column).name())
                    .value(schema.columns().get(column).type(), row.get(column));
        }
        return hash.hash();
    }
}
