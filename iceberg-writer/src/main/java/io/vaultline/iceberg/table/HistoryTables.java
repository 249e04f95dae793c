package io.vaultline.iceberg.table;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.iceberg.lake.LakeCatalog;
import io.vaultline.iceberg.lake.LakeErrors;
import io.vaultline.iceberg.table.ColumnPlan.Add;
import io.vaultline.iceberg.table.ColumnPlan.Change;
import io.vaultline.kafka.TopicNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Finds, creates and evolves the history tables of a pipeline.
 *
 * <p>A table is called {@code <source>_<namespace>_<collection>}. It names the topic that it archives in a property;
 * if another collection, or another pipeline, has the name already, a short hash of the topic is appended.
 */
public final class HistoryTables {
    /** Table property: the topic whose changes the table holds. */
    public static final String TOPIC_PROPERTY = "vaultline.topic";

    private static final int EVOLUTION_ATTEMPTS = 5;

    private final Catalog catalog;
    private final Namespace namespace;
    private final TopicNames topics;

    public HistoryTables(LakeCatalog lake, TopicNames topics) {
        this(lake.catalog(), lake.namespace(), topics);
    }

    HistoryTables(Catalog catalog, Namespace namespace, TopicNames topics) {
        this.catalog = catalog;
        this.namespace = namespace;
        this.topics = topics;
    }

    /**
     * The table of a collection as it is now, if there is one.
     *
     * @throws io.vaultline.error.PipelineException if catalog or object store fail
     */
    public Optional<Table> find(CollectionId id) {
        return LakeErrors.guard("history of " + id, () -> {
            String topic = topics.changes(id);
            Optional<Table> plain = load(TableNames.plain(id));
            return plain.filter(table -> isOf(table, topic)).isPresent()
                    ? plain
                    : load(TableNames.distinct(id, topic)).filter(table -> isOf(table, topic));
        });
    }

    /**
     * The table of a collection, created when it is missing, with every column that rows of this shape need.
     *
     * @throws io.vaultline.error.PipelineException if catalog or object store fail
     */
    public Table openOrCreate(CollectionSchema collection) {
        Table table = find(collection.id()).orElseGet(() -> create(collection));
        evolve(table, collection);
        return table;
    }

    /**
     * Gives a table every column that rows of a shape need.
     *
     * @throws io.vaultline.error.PipelineException if catalog or object store fail
     */
    public static void evolve(Table table, CollectionSchema collection) {
        LakeErrors.guard("table " + table.name(), () -> {
            for (int attempt = 1; ; attempt++) {
                List<Change> changes = ColumnPlan.of(table.schema(), collection).changes();
                if (changes.isEmpty()) {
                    return table;
                }
                try {
                    apply(table, changes);
                } catch (CommitFailedException e) {
                    // somebody else changed the table meanwhile: look again
                    if (attempt == EVOLUTION_ATTEMPTS) {
                        throw e;
                    }
                    table.refresh();
                }
            }
        });
    }

    private static void apply(Table table, List<Change> changes) {
        UpdateSchema update = table.updateSchema();
        for (Change change : changes) {
            if (change instanceof Add add) {
                // no parent: a dot in the name is part of the name
                update.addColumn((String) null, add.field(), add.type(), add.doc());
                update.moveBefore(add.field(), CdcColumns.OPERATION.column());
            } else {
                update.updateColumn(change.field(), change.type());
            }
        }
        update.commit();
    }

    private Table create(CollectionSchema collection) {
        String topic = topics.changes(collection.id());
        return LakeErrors.guard("history of " + collection.id(), () -> {
            boolean taken = load(TableNames.plain(collection.id())).isPresent();
            String name = taken ? TableNames.distinct(collection.id(), topic) : TableNames.plain(collection.id());
            Schema schema = schema(collection);
            PartitionSpec days = PartitionSpec.builderFor(schema)
                    .day(CdcColumns.COMMIT_TS.column())
                    .build();
            try {
                return catalog.createTable(TableIdentifier.of(namespace, name), schema, days, properties(topic));
            } catch (AlreadyExistsException e) {
                // another writer was faster, be it for this collection or for one of the same plain name
                return find(collection.id()).orElseGet(() -> create(collection));
            }
        });
    }

    private static Schema schema(CollectionSchema collection) {
        List<NestedField> fields = new ArrayList<>();
        for (Change change : ColumnPlan.of(new Schema(), collection).changes()) {
            Add add = (Add) change;
            fields.add(NestedField.optional(fields.size() + 1, add.field(), add.type(), add.doc()));
        }
        fields.addAll(CdcColumns.fields(fields.size() + 1));
        return new Schema(fields);
    }

    private static Map<String, String> properties(String topic) {
        Map<String, String> properties = new HashMap<>();
        properties.put(TOPIC_PROPERTY, topic);
        properties.put(TableProperties.FORMAT_VERSION, "2");
        properties.put(TableProperties.PARQUET_COMPRESSION, "zstd");
        // many tables are open at once: small buffers (bytes), and dictionaries weigh ten times their size on the heap
        properties.put(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, Integer.toString(8 << 20));
        properties.put(TableProperties.PARQUET_PAGE_SIZE_BYTES, Integer.toString(256 << 10));
        properties.put(TableProperties.PARQUET_DICT_SIZE_BYTES, Integer.toString(32 << 10));
        properties.put(TableProperties.PARQUET_ROW_GROUP_CHECK_MIN_RECORD_COUNT, "10");
        properties.put(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true");
        properties.put(TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "20");
        properties.put(TableProperties.COMMIT_NUM_RETRIES, "10");
        for (CdcColumns column : List.of(CdcColumns.COMMIT_TS, CdcColumns.POSITION, CdcColumns.ORDINAL)) {
            // by default only the first columns of wide tables have bounds, and these are what readers prune by
            properties.put(TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + column.column(), "full");
        }
        return properties;
    }

    private Optional<Table> load(String name) {
        try {
            return Optional.of(catalog.loadTable(TableIdentifier.of(namespace, name)));
        } catch (NoSuchTableException e) {
            return Optional.empty();
        }
    }

    private static boolean isOf(Table table, String topic) {
        return topic.equals(table.properties().get(TOPIC_PROPERTY));
    }
}
