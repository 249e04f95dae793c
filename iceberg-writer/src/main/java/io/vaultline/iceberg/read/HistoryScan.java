package io.vaultline.iceberg.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.DeleteFilter;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.InternalReader;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.Parquet;

/** Reads rows of a table's current snapshot, one file after the other, in Iceberg's internal model. */
final class HistoryScan {
    private final Table table;
    private final Schema projection;

    HistoryScan(Table table, Schema projection) {
        this.table = table;
        this.projection = projection;
    }

    /**
     * Hands over every row that may match; files and row groups that can't are left out.
     *
     * @param rows gets the same object again and again
     */
    void read(Expression filter, Consumer<StructLike> rows) {
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().filter(filter).planFiles()) {
            for (FileScanTask task : tasks) {
                read(task, filter, rows);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(FileScanTask task, Expression filter, Consumer<StructLike> rows) throws IOException {
        if (task.file().format() != FileFormat.PARQUET) {
            throw new IllegalStateException(
                    "a data file of format " + task.file().format() + ", not Parquet");
        }
        Deletes deletes = new Deletes(task);
        try (CloseableIterable<Record> records = deletes.filter(open(task, filter, deletes.requiredSchema()))) {
            records.forEach(rows);
        }
    }

    private CloseableIterable<Record> open(FileScanTask task, Expression filter, Schema schema) {
        return Parquet.read(table.io().newInputFile(task.file()))
                .project(schema)
                .split(task.start(), task.length())
                .filter(filter)
                .createReaderFunc(file -> InternalReader.create(schema, file))
                .reuseContainers()
                .build();
    }

    /** We never delete rows, but whoever owns the lake may, such as to erase a person. */
    private final class Deletes extends DeleteFilter<Record> {
        Deletes(FileScanTask task) {
            super(task.file().location(), task.deletes(), table.schema(), projection);
        }

        @Override
        protected StructLike asStructLike(Record row) {
            return row;
        }

        @Override
        protected InputFile getInputFile(String location) {
            return table.io().newInputFile(location);
        }
    }
}
