package io.vaultline.demo;

import io.vaultline.clickhouse.server.ClickHouseGateway;
import io.vaultline.clickhouse.server.ClientGateway;
import io.vaultline.config.PipelineConfig;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.iceberg.lake.LakeCatalog;
import io.vaultline.iceberg.read.IcebergHistory;
import io.vaultline.iceberg.read.IcebergStateReader;
import io.vaultline.iceberg.table.HistoryTables;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.SchemaCatalog;
import io.vaultline.kafka.TopicNames;
import io.vaultline.screen.Screen;
import io.vaultline.screen.TextTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Five questions: four that the vault answers, and one that only the history can. */
final class DemoAnswers {
    private static final Duration AGO = Duration.ofMinutes(1);
    private static final int SHOWN = 6;

    private final PipelineConfig config;
    private final Screen screen;

    DemoAnswers(PipelineConfig config, Screen screen) {
        this.config = config;
        this.screen = screen;
    }

    void tell() throws IOException {
        try (ClickHouseGateway server = new ClientGateway(config.clickhouse())) {
            new VaultAnswers(server, config.clickhouse().vaultDatabase()).tell(screen);
        }
        TopicNames topics = new TopicNames(config.pipeline());
        try (LakeCatalog lake = LakeCatalog.open(config.lake());
                SchemaCatalog schemas = new SchemaCatalog(new KafkaClients(config.kafka()), topics)) {
            schemas.refresh();
            IcebergHistory history = new IcebergHistory(new HistoryTables(lake, topics));
            tellSales(new SalesThen(new IcebergStateReader(history), id -> schema(schemas, id)));
        }
    }

    private void tellSales(SalesThen sales) {
        Instant now = Instant.now();
        Map<String, BigDecimal> present = sales.bySeller(now);
        Map<String, BigDecimal> past = sales.bySeller(now.minus(AGO));
        TextTable table = new TextTable("seller", "a minute ago", "now", "since then");
        present.entrySet().stream()
                .sorted(Map.Entry.<String, BigDecimal>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN)
                .forEach(seller -> {
                    BigDecimal then = past.getOrDefault(seller.getKey(), BigDecimal.ZERO);
                    table.row(List.of(
                            seller.getKey(),
                            money(then),
                            money(seller.getValue()),
                            money(seller.getValue().subtract(then))));
                });
        screen.line("");
        screen.line("  Who sold how much a minute ago? (asked of the history in Iceberg)");
        table.lines().forEach(screen::line);
    }

    private static CollectionSchema schema(SchemaCatalog schemas, CollectionId id) {
        return Objects.requireNonNull(schemas.newest().get(id), id.toString()).collection();
    }

    private static String money(BigDecimal amount) {
        return String.format(Locale.ROOT, "%,.2f", amount);
    }
}
