package io.vaultline.iceberg.table;

import io.vaultline.kafka.TopicNames;
import java.util.Map;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.inmemory.InMemoryCatalog;

/** A lake in memory: Iceberg's own catalog and real Parquet, without servers. */
public final class MemoryLake {
    private MemoryLake() {}

    /** The tables of pipeline {@code test} in a lake of their own. */
    public static HistoryTables tables() {
        return tables(new InMemoryCatalog(), "test");
    }

    /** The tables of a pipeline in a lake that others may use too. */
    public static HistoryTables tables(InMemoryCatalog catalog, String pipeline) {
        if (catalog.name() == null) {
            catalog.initialize("lake", Map.of());
            catalog.createNamespace(Namespace.of("history"));
        }
        return new HistoryTables((Catalog) catalog, Namespace.of("history"), new TopicNames(pipeline));
    }
}
