package io.vaultline.capture.postgres;

import io.vaultline.capture.postgres.CatalogTable.Listing;
import io.vaultline.capture.source.SourceState;
import io.vaultline.config.SourceConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL database as it was right after one commit, held by a transaction that reads only. */
public final class PostgresState implements SourceState {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PostgresFailures failures;
    private final PostgresCatalog catalog;
    private final ExportedSnapshot snapshot;
    private final Map<CollectionId, Listing> tables = new TreeMap<>();

    private PostgresState(SourceConfig.Postgres config, PostgresFailures failures, ExportedSnapshot snapshot) {
        this.failures = failures;
        this.catalog = new PostgresCatalog(config);
        this.snapshot = snapshot;
    }

    /**
     * Takes hold of the present state. The server first waits for the transactions that run, a minute at most.
     *
     * @throws PipelineException if the database can't be reached or read
     */
    public static PostgresState open(SourceConfig.Postgres config) {
        PostgresConnections connections = new PostgresConnections(config);
        PostgresFailures failures = new PostgresFailures("source " + config.name() + " at " + connections.address());
        try {
            ExportedSnapshot snapshot = ExportedSnapshot.open(connections, config.slot(), PATIENCE);
            PostgresState state = new PostgresState(config, failures, snapshot);
            try {
                state.list();
                return state;
            } catch (SQLException | RuntimeException e) {
                state.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failures.apply(e);
        }
    }

    private void list() throws SQLException {
        catalog.tables(snapshot.connection()).stream()
                .filter(Listing::capturable)
                .forEach(table -> tables.put(table.id(), table));
    }

    @Override
    public long commitPosition() {
        return snapshot.position();
    }

    @Override
    public Set<CollectionId> collections() {
        return Set.copyOf(tables.keySet());
    }

    @Override
    public long count(CollectionId collection) {
        String query = "SELECT count(*) FROM " + listing(collection).quoted();
        try (Statement statement = snapshot.connection().createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw failures.apply(e);
        }
    }

    @Override
    public void read(CollectionSchema schema, Consumer<Row> rows) {
        try {
            CatalogTable table = catalog.read(snapshot.connection(), listing(schema.id()));
            int[] places = places(schema, table.shape());
            TableRows.read(snapshot.connection(), table, row -> rows.accept(arranged(schema, places, row)));
        } catch (SQLException e) {
            throw failures.apply(e);
        }
    }

    private Listing listing(CollectionId collection) {
        Listing listing = tables.get(collection);
        if (listing == null) {
            throw new IllegalArgumentException(collection + " is not in this state");
        }
        return listing;
    }

    /** For each wanted column its place in the table, or -1 if the table has not got it. */
    private static int[] places(CollectionSchema wanted, CollectionSchema table) {
        return wanted.columns().stream()
                .mapToInt(column -> {
                    int place = table.indexOf(column.name()).orElse(-1);
                    if (place >= 0 && !table.columns().get(place).type().equals(column.type())) {
                        throw changed(wanted.id(), column.name());
                    }
                    return place;
                })
                .toArray();
    }

    private static Row arranged(CollectionSchema wanted, int[] places, Row row) {
        @Nullable Object[] values = new @Nullable Object[places.length];
        for (int i = 0; i < places.length; i++) {
            values[i] = places[i] < 0 ? null : row.get(places[i]);
        }
        return new Row(wanted, values);
    }

    private static PipelineException changed(CollectionId table, String column) {
        return new PipelineException(
                ErrorCode.SOURCE_NOT_CAPTURABLE,
                "A column has another type in the source than in the changes",
                "column " + table + "." + column,
                "Change a row of the table, so that the new type is captured, and try again.");
    }

    @Override
    public void close() {
        try {
            snapshot.close();
        } catch (SQLException e) {
            throw failures.apply(e);
        }
    }
}
