package io.vaultline.benchmarks;

import io.vaultline.codec.ChangeEncoder;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.ForeignKey;
import io.vaultline.event.Row;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultModel;
import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Updates of the shop's products: twelve columns, which make a hub, two satellites, and a link to sellers with its
 * effectivity. Without a before-image, as under PostgreSQL's default replica identity.
 */
final class ProductUpdates {
    /** As many as make the processor guess wrong as often as with real changes; all fit its cache. */
    static final int COUNT = 1024;

    private static final CollectionSchema SELLERS =
            table("sellers", List.of(key("seller_id", Simple.INT32)), List.of());

    static final CollectionSchema PRODUCTS = table(
            "products",
            List.of(
                    key("product_id", Simple.INT64),
                    column("seller_id", Simple.INT32),
                    column("sku", Simple.TEXT),
                    column("name", Simple.TEXT),
                    column("description", Simple.TEXT),
                    column("price", new Decimal(12, 2)),
                    column("currency", Simple.TEXT),
                    column("stock", Simple.INT32),
                    column("attributes", Simple.JSON),
                    column("active", Simple.BOOLEAN),
                    column("created_at", Simple.TIMESTAMP_TZ),
                    column("updated_at", Simple.TIMESTAMP_TZ)),
            List.of(new ForeignKey("of_seller", List.of("seller_id"), SELLERS.id(), List.of("seller_id"))));

    private static final DeclaredModel PRICES_APART = VaultFile.parse("""
            entities:
              - name: products
                satellites:
                  - {name: prices, columns: [price, currency, stock, updated_at]}
            """, "vault.yaml");

    private ProductUpdates() {}

    static VaultModel model() {
        return VaultInference.infer(List.of(SELLERS, PRODUCTS), PRICES_APART);
    }

    static ChangeSchema schema() {
        return ChangeSchema.of(PRODUCTS);
    }

    /** The values of records as the capture writes them; the same each time. */
    static byte[][] records() {
        ChangeEncoder encoder = new ChangeEncoder();
        SplittableRandom random = new SplittableRandom(1);
        byte[][] records = new byte[COUNT][];
        for (int i = 0; i < records.length; i++) {
            CommitOrder order = new CommitOrder(25_000_000_000L + i / 10 * 800L, i % 10 + 1);
            ChangeHeader header = new ChangeHeader(PRODUCTS, order, micros(random), "41" + i / 10);
            records[i] = encoder.encode(schema(), new RowUpdated(header, null, row(random)));
        }
        return records;
    }

    private static Row row(SplittableRandom random) {
        int id = random.nextInt(1, 2_000_000);
        return new Row(
                PRODUCTS,
                (long) id,
                random.nextInt(1, 50_000),
                "SKU-" + id + "-" + random.nextInt(10),
                "Desk lamp, series " + random.nextInt(1_000),
                "Folding arm, warm white, " + "sturdy and light; ".repeat(random.nextInt(2, 9)),
                BigDecimal.valueOf(random.nextInt(1, 10_000_000), 2),
                random.nextBoolean() ? "EUR" : "USD",
                random.nextInt(5_000),
                "{\"color\": \"white\", \"watts\": " + random.nextInt(60) + ", \"tags\": [\"desk\", \"led\"]}",
                random.nextBoolean(),
                micros(random),
                micros(random));
    }

    private static long micros(SplittableRandom random) {
        return 1_700_000_000_000_000L + random.nextLong(50_000_000_000_000L);
    }

    private static CollectionSchema table(String name, List<Column> columns, List<ForeignKey> foreignKeys) {
        CollectionId id = new CollectionId("pg", "shop", name);
        return new CollectionSchema(
                id, CollectionKind.TABLE, columns, List.of(columns.get(0).name()), foreignKeys);
    }

    private static Column key(String name, DataType type) {
        return new Column(name, type, type.toString(), false);
    }

    private static Column column(String name, DataType type) {
        return new Column(name, type, type.toString(), true);
    }
}
