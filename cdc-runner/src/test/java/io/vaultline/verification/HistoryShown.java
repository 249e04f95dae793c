package io.vaultline.verification;

import io.vaultline.config.LakeConfig;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.iceberg.lake.LakeCatalog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.InternalReader;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;

/** The newest rows of history tables, found by Iceberg alone and by the columns that the documentation names. */
final class HistoryShown implements AutoCloseable {
    private final LakeCatalog lake;

    /** How many values of rows that were handed out the source had not sent with their last change. */
    private int carried;

    HistoryShown(LakeConfig config) {
        this.lake = LakeCatalog.open(config);
    }

    int carried() {
        return carried;
    }

    /** The newest state of each row of a collection whose key is its first column, and in which nothing was deleted. */
    List<Row> current(CollectionSchema schema) throws IOException {
        String name = schema.id().source() + "_" + schema.id().namespace() + "_"
                + schema.id().name();
        List<Record> changes = changes(lake.catalog().loadTable(TableIdentifier.of(lake.namespace(), name)));
        changes.sort(Comparator.<Record, Long>comparing(change -> (Long) change.getField("_cdc_position"))
                .thenComparing(change -> (Long) change.getField("_cdc_ordinal")));
        Map<Object, @Nullable Object[]> rows = new HashMap<>();
        for (Record change : changes) {
            Set<String> unsent = unsent(change);
            @Nullable
            Object[] row = rows.computeIfAbsent(
                    change.get(0), key -> new Object[schema.columns().size()]);
            carried += unsent.size();
            for (int i = 0; i < row.length; i++) {
                if (!unsent.contains(schema.columns().get(i).name())) {
                    row[i] = value(schema.columns().get(i).type(), change.get(i));
                }
            }
        }
        return rows.values().stream().map(values -> new Row(schema, values)).toList();
    }

    private static Set<String> unsent(Record change) {
        Set<String> names = new HashSet<>();
        if (change.getField("_cdc_unavailable") instanceof List<?> list) {
            list.forEach(name -> names.add(name.toString()));
        }
        return names;
    }

    private static List<Record> changes(Table table) throws IOException {
        List<Record> changes = new ArrayList<>();
        Schema schema = table.schema();
        try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
            for (FileScanTask file : files) {
                try (CloseableIterable<Record> records = Parquet.read(
                                table.io().newInputFile(file.file().location()))
                        .project(schema)
                        .createReaderFunc(type -> InternalReader.create(schema, type))
                        .build()) {
                    records.forEach(changes::add);
                }
            }
        }
        return changes;
    }

    private static @Nullable Object value(DataType type, @Nullable Object stored) {
        if (stored instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return stored != null && (type == Simple.TEXT || type == Simple.JSON || type == Simple.NUMERIC)
                ? stored.toString()
                : stored;
    }

    @Override
    public void close() {
        lake.close();
    }
}
