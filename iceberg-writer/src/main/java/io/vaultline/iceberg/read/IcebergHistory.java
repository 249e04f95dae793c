package io.vaultline.iceberg.read;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.history.ChangeHistory;
import io.vaultline.history.HistoryRange;
import io.vaultline.iceberg.lake.LakeErrors;
import io.vaultline.iceberg.table.CdcColumns;
import io.vaultline.iceberg.table.HistoryTables;
import io.vaultline.iceberg.table.Operation;
import io.vaultline.iceberg.table.ReadLayout;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/** The changes in the lake's history tables. A collection without a table has none. */
public final class IcebergHistory implements ChangeHistory {
    private final HistoryTables tables;

    public IcebergHistory(HistoryTables tables) {
        this.tables = tables;
    }

    @Override
    public void read(CollectionSchema schema, HistoryRange range, Consumer<DataChangeEvent> changes) {
        tables.find(schema.id()).ifPresent(table -> {
            ReadLayout layout = new ReadLayout(table.schema(), schema, range.images() == HistoryRange.Images.BOTH);
            scan(table, layout, filter(range), row -> {
                if (range.contains(layout.order(row), layout.commitMicros(row))) {
                    changes.accept(layout.change(row));
                }
            });
        });
    }

    @Override
    public Optional<CommitOrder> lastTruncation(CollectionSchema schema, HistoryRange range) {
        Expression truncations = Expressions.and(
                filter(range), Expressions.equal(CdcColumns.OPERATION.column(), Operation.TRUNCATE.label()));
        Newest newest = new Newest();
        tables.find(schema.id()).ifPresent(table -> {
            ReadLayout layout = ReadLayout.headers(table.schema(), schema);
            scan(table, layout, truncations, row -> {
                CommitOrder order = layout.order(row);
                if (layout.operation(row) == Operation.TRUNCATE && range.contains(order, layout.commitMicros(row))) {
                    newest.add(order);
                }
            });
        });
        return Optional.ofNullable(newest.order);
    }

    @Override
    public long count(CollectionSchema schema) {
        return tables.find(schema.id()).map(IcebergHistory::rows).orElse(0L);
    }

    /** From the metadata alone, unless rows were deleted by somebody else. */
    private static long rows(Table table) {
        Snapshot snapshot = table.currentSnapshot();
        return snapshot == null
                ? 0
                : Long.parseLong(snapshot.summary().getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0"));
    }

    private static void scan(Table table, ReadLayout layout, Expression filter, Consumer<StructLike> rows) {
        LakeErrors.guard("table " + table.name(), () -> {
            new HistoryScan(table, layout.projection()).read(filter, rows);
            return table;
        });
    }

    private static Expression filter(HistoryRange range) {
        Expression filter = Expressions.alwaysTrue();
        if (range.maxPosition() < Long.MAX_VALUE) {
            filter = Expressions.and(
                    filter, Expressions.lessThanOrEqual(CdcColumns.POSITION.column(), range.maxPosition()));
        }
        if (range.maxCommitMicros() < Long.MAX_VALUE) {
            filter = Expressions.and(
                    filter, Expressions.lessThanOrEqual(CdcColumns.COMMIT_TS.column(), range.maxCommitMicros()));
        }
        CommitOrder after = range.after();
        if (after != null) {
            filter = Expressions.and(
                    filter, Expressions.greaterThanOrEqual(CdcColumns.POSITION.column(), after.commitPosition()));
        }
        return filter;
    }

    private static final class Newest {
        private @Nullable CommitOrder order;

        void add(CommitOrder other) {
            order = order == null || other.compareTo(order) > 0 ? other : order;
        }
    }
}
