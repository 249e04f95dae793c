package io.vaultline.iceberg.write;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.iceberg.table.HistoryRow;
import io.vaultline.iceberg.table.RowLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.parquet.InternalWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.PropertyUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open Parquet files of one table, one for each partition, all of the table's schema at one moment. */
final class RowFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RowFiles.class);

    /** A catch-up over many days holds no more files open than this; the oldest is finished first. */
    private static final int MAX_OPEN = 4;

    private final Table table;
    private final Schema schema;
    private final PartitionSpec spec;
    private final PartitionKey key;
    private final OutputFileFactory locations;
    private final long rowGroupBytes;
    private final IdentityHashMap<CollectionSchema, RowLayout> layouts = new IdentityHashMap<>();
    private final Map<PartitionKey, DataWriter<HistoryRow>> open = new LinkedHashMap<>();
    private final List<DataFile> finished;

    RowFiles(Table table) {
        this(table, List.of());
    }

    private RowFiles(Table table, List<DataFile> finished) {
        this.table = table;
        this.finished = new ArrayList<>(finished);
        this.schema = table.schema();
        this.spec = table.spec();
        this.key = new PartitionKey(spec, schema);
        this.locations = OutputFileFactory.builderFor(table, 0, 0)
                .operationId(UUID.randomUUID().toString())
                .format(FileFormat.PARQUET)
                .build();
        this.rowGroupBytes = PropertyUtil.propertyAsLong(
                table.properties(),
                TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES,
                TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES_DEFAULT);
    }

    /** Whether these files have every column that changes of a shape need. */
    boolean take(CollectionSchema collection) {
        if (!layouts.containsKey(collection)) {
            RowLayout.of(schema, collection).ifPresent(layout -> layouts.put(collection, layout));
        }
        return layouts.containsKey(collection);
    }

    /** Finishes these files; those to come have the table's newest schema. */
    RowFiles renew() {
        return new RowFiles(table, finish());
    }

    /** Adds a change of a shape that these files take. */
    void write(DataChangeEvent event) {
        HistoryRow row = Objects.requireNonNull(layouts.get(event.schema())).lay(event);
        key.partition(row);
        DataWriter<HistoryRow> file = open.get(key);
        if (file == null) {
            makeRoom();
            PartitionKey partition = key.copy();
            file = create(partition);
            open.put(partition, file);
        }
        file.write(row);
    }

    /** What open files hold in memory, at most, in bytes. */
    long bufferedBytes() {
        return open.values().stream()
                .mapToLong(file -> Math.min(file.length(), rowGroupBytes))
                .sum();
    }

    /** Finishes all files. */
    List<DataFile> finish() {
        while (!open.isEmpty()) {
            finishOldest();
        }
        return List.copyOf(finished);
    }

    /** Deletes what was written, as far as the store lets us; nobody knows of these files. */
    void abandon() {
        for (DataWriter<HistoryRow> file : open.values()) {
            try {
                file.close();
                table.io().deleteFile(file.toDataFile().location());
            } catch (IOException | RuntimeException e) {
                LOG.warn("An unfinished file of {} could not be deleted: {}", table.name(), e.toString());
            }
        }
        open.clear();
        for (DataFile file : finished) {
            try {
                table.io().deleteFile(file.location());
            } catch (RuntimeException e) {
                LOG.warn("An unused file of {} could not be deleted: {}", table.name(), e.toString());
            }
        }
        finished.clear();
    }

    private void makeRoom() {
        if (open.size() >= MAX_OPEN) {
            finishOldest();
        }
    }

    private void finishOldest() {
        Map.Entry<PartitionKey, DataWriter<HistoryRow>> oldest =
                open.entrySet().iterator().next();
        try {
            oldest.getValue().close();
            finished.add(oldest.getValue().toDataFile());
            open.remove(oldest.getKey());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DataWriter<HistoryRow> create(PartitionKey partition) {
        try {
            return Parquet.writeData(locations.newOutputFile(spec, partition))
                    .forTable(table)
                    .schema(schema)
                    .withSpec(spec)
                    .withPartition(partition)
                    .createWriterFunc((rows, file) -> InternalWriter.createWriter(rows, file))
                    .overwrite()
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
