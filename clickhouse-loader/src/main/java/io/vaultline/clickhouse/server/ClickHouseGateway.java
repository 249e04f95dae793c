package io.vaultline.clickhouse.server;

import io.vaultline.clickhouse.wire.WireColumn;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A ClickHouse server. Each call fails with a {@link io.vaultline.error.PipelineException}: {@code CLICKHOUSE_UNREACHABLE}
 * or {@code CLICKHOUSE_BUSY} if the same call can succeed later, {@code CLICKHOUSE_REFUSES} if not. Used by any thread.
 */
public interface ClickHouseGateway extends AutoCloseable {
    /** Runs a statement that gives no rows. */
    void execute(String statement);

    /** Inserts a block of rows; when the call returns the rows are there. */
    void insert(InsertBlock block);

    /**
     * Runs a query and hands over its rows one by one, so that a result of any size takes little memory. If it fails,
     * some rows may have been handed over.
     *
     * @param columns names and types of the result
     */
    void query(String query, List<WireColumn> columns, Consumer<@Nullable Object[]> rows);

    @Override
    void close();
}
