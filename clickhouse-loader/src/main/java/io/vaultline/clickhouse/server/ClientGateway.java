package io.vaultline.clickhouse.server;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientFaultCause;
import com.clickhouse.client.api.DataStreamWriter;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import io.vaultline.clickhouse.wire.RowBinaryReader;
import io.vaultline.clickhouse.wire.RowBinaryWriter;
import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.config.ClickHouseConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A ClickHouse server through ClickHouse's own client over HTTP. Tries each thing once. */
public final class ClientGateway implements ClickHouseGateway {
    private static final int MAX_STATEMENT_IN_ERROR = 80;

    /** The view over a table of hundreds of columns is longer than the server's default of 256 KiB. */
    private static final String MAX_STATEMENT_BYTES = "16777216";

    /** More rows or bytes than any batch has. */
    private static final String ONE_BLOCK = "1000000000";

    private final Client client;
    private final ServerErrors errors;

    /** Connects with the first call. */
    public ClientGateway(ClickHouseConfig config) {
        this.errors = new ServerErrors(config.url(), config.user());
        this.client = build(config);
    }

    private static Client build(ClickHouseConfig config) {
        try {
            return new Client.Builder()
                    .addEndpoint(config.url())
                    .setUsername(config.user())
                    .setPassword(config.password().reveal())
                    .setClientName("vaultline")
                    .serverSetting("max_query_size", MAX_STATEMENT_BYTES)
                    .compressClientRequest(true)
                    .compressServerResponse(true)
                    .useAsyncRequests(false)
                    .retryOnFailures(ClientFaultCause.None)
                    .setMaxRetries(0)
                    .setConnectTimeout(5, ChronoUnit.SECONDS)
                    .setSocketTimeout(300, ChronoUnit.SECONDS)
                    .build();
        } catch (RuntimeException e) {
            throw new PipelineException(
                    ErrorCode.CONFIG_INVALID,
                    "The address of ClickHouse is none",
                    "clickhouse.url = " + config.url(),
                    "Write http://host:port or https://host:port with the server's HTTP port.",
                    e);
        }
    }

    @Override
    public void execute(String statement) {
        try {
            await(client.execute(statement)).close();
        } catch (Exception e) {
            throw errors.of(e, "A statement failed", start(statement), false);
        }
    }

    @Override
    public void insert(InsertBlock block) {
        String table = Sql.name(block.database(), block.table());
        InsertSettings settings = new InsertSettings()
                .setDeduplicationToken(block.token())
                .serverSetting("deduplicate_blocks_in_dependent_materialized_views", "1")
                .serverSetting("input_format_null_as_default", "0")
                .serverSetting("async_insert", "0")
                // one block, or none of it: a token stands for a whole one
                .serverSetting("max_insert_block_size", ONE_BLOCK)
                .serverSetting("min_insert_block_size_rows", ONE_BLOCK)
                .serverSetting("min_insert_block_size_bytes", ONE_BLOCK);
        try (InsertResponse response = await(
                client.insert(table, new Rows(block.rows()), ClickHouseFormat.RowBinaryWithNamesAndTypes, settings))) {
            response.getQueryId();
        } catch (Exception e) {
            throw errors.of(e, "A batch was not inserted", "table " + block.database() + "." + block.table(), true);
        }
    }

    @Override
    public void query(String query, List<WireColumn> columns, Consumer<@Nullable Object[]> rows) {
        QuerySettings settings = new QuerySettings().setFormat(ClickHouseFormat.RowBinaryWithNamesAndTypes);
        try {
            QueryResponse response = await(client.query(query, settings));
            try {
                read(response, columns, rows);
            } finally {
                response.close();
            }
        } catch (PipelineException e) {
            throw e;
        } catch (Exception e) {
            throw errors.of(e, "A query failed", start(query), false);
        }
    }

    /** The rows of a small result, each as text with tabs between its values. */
    public List<String> lines(String query) {
        QuerySettings settings = new QuerySettings().setFormat(ClickHouseFormat.TabSeparated);
        try {
            QueryResponse response = await(client.query(query, settings));
            try {
                return new String(response.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
            } finally {
                response.close();
            }
        } catch (Exception e) {
            throw errors.of(e, "A query failed", start(query), false);
        }
    }

    private static void read(QueryResponse response, List<WireColumn> columns, Consumer<@Nullable Object[]> rows)
            throws IOException {
        RowBinaryReader reader = new RowBinaryReader(response.getInputStream(), columns);
        for (@Nullable Object[] row = reader.next(); row != null; row = reader.next()) {
            rows.accept(row);
        }
    }

    private static <T> T await(Future<T> result) throws ExecutionException, InterruptedException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw e;
        }
    }

    private static String start(String statement) {
        String line = statement.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_STATEMENT_IN_ERROR ? line : line.substring(0, MAX_STATEMENT_IN_ERROR) + "...";
    }

    @Override
    public void close() {
        client.close();
    }

    /** Writes a block's rows to the server's stream. */
    private record Rows(RowBinaryWriter rows) implements DataStreamWriter {
        @Override
        public void onOutput(OutputStream out) throws IOException {
            rows.writeTo(out);
            out.close();
        }

        @Override
        public void onRetry() {
            // nothing to rewind: the rows are in memory
        }
    }
}
