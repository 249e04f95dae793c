package io.vaultline.iceberg.write;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.iceberg.lake.LakeErrors;
import io.vaultline.iceberg.table.HistoryTables;
import io.vaultline.kafka.ChangeRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes the changes of one topic into its history table, each exactly once: what lies below the table's mark is
 * skipped, and a commit moves rows and mark together. After a failure it must be abandoned and opened anew. Used by one
 * thread.
 */
public final class TableWriter {
    private final Table table;
    private final CommitListener listener;
    private final TableCommitter committer;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private RowFiles files;
    private long rows;
    private long newestCommitMicros = Long.MIN_VALUE;

    private TableWriter(Table table, CommitListener listener) {
        this.table = table;
        this.listener = listener;
        this.committer = new TableCommitter(table);
        this.files = new RowFiles(table);
    }

    /**
     * A writer that goes on where the table's newest mark stands.
     *
     * @throws io.vaultline.error.PipelineException if the table's mark can't be read
     */
    public static TableWriter open(Table table, CommitListener listener) {
        return LakeErrors.guard("table " + table.name(), () -> new TableWriter(table, listener));
    }

    /** Full name of the table. */
    public String name() {
        return table.name();
    }

    /** The offset to read next, if the table or this writer has seen anything of a partition. */
    public Optional<Long> next(TopicPartition partition) {
        Long offset = next.get(partition);
        return offset == null ? committer.mark().flatMap(mark -> mark.next(partition)) : Optional.of(offset);
    }

    /** The offset up to which the table itself is complete, if it has anything of a partition. */
    public Optional<Long> committed(TopicPartition partition) {
        return committer.mark().flatMap(mark -> mark.next(partition));
    }

    /**
     * Gives the table every column that rows of a shape need.
     *
     * @throws io.vaultline.error.PipelineException if catalog or object store fail
     */
    public void adopt(CollectionSchema collection) {
        HistoryTables.evolve(table, collection);
    }

    /**
     * Adds a change as a row; a change below the mark is in the table already and is skipped.
     *
     * @throws io.vaultline.error.PipelineException if catalog or object store fail
     */
    public void write(ChangeRecord change) {
        TopicPartition partition = change.partition();
        if (change.offset() < next(partition).orElse(0L)) {
            return;
        }
        LakeErrors.guard(
                "table " + name() + ", " + partition + ", offset " + change.offset(), () -> write(change.event()));
        next.put(partition, change.offset() + 1);
        rows++;
        newestCommitMicros =
                Math.max(newestCommitMicros, change.event().header().commitMicros());
    }

    /** Rows that wait for a commit. */
    public long rows() {
        return rows;
    }

    /** What waits in memory, at most, in bytes. */
    public long bufferedBytes() {
        return files.bufferedBytes();
    }

    /**
     * Makes what was written since the last commit durable.
     *
     * @return nothing if nothing was
     * @throws io.vaultline.error.PipelineException with {@code LAKE_FENCED} if another writer has written to the table,
     *     otherwise of class {@code LAKE}
     */
    public Optional<TableCommit> commit() {
        if (rows == 0) {
            return Optional.empty();
        }
        List<DataFile> written = LakeErrors.guard("data files of table " + name(), files::finish);
        listener.reached(CommitStep.FILES_WRITTEN, name());
        Map<String, Long> offsets = new HashMap<>();
        next.forEach((partition, offset) -> offsets.put(partition.toString(), offset));
        files = new RowFiles(table);
        committer.commit(written, offsets);
        listener.reached(CommitStep.TABLE_COMMITTED, name());
        TableCommit commit = new TableCommit(name(), rows, newestCommitMicros, next);
        files = new RowFiles(table);
        rows = 0;
        newestCommitMicros = Long.MIN_VALUE;
        return Optional.of(commit);
    }

    /** Forgets what was not committed and deletes its files, as far as the store lets us. */
    public void abandon() {
        files.abandon();
        rows = 0;
    }

    private boolean write(DataChangeEvent event) {
        if (!files.take(event.schema())) {
            HistoryTables.evolve(table, event.schema());
            files = files.renew();
            if (!files.take(event.schema())) {
                throw new IllegalStateException("the table did not get the columns that it lacks");
            }
        }
        files.write(event);
        return true;
    }
}
