package io.vaultline.capture.postgres;

import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.postgres.CatalogTable.Listing;
import io.vaultline.config.SourceConfig;
import io.vaultline.service.Alongside;
import io.vaultline.service.SnapshotProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes the snapshots of tables that are published, but not yet in Kafka, or not all of them. */
final class Snapshots {
    private static final String QUERY_CANCELED = "57014";

    private final PostgresConnections connections;
    private final PostgresCatalog catalog;
    private final SourceConfig.Postgres config;
    private final ChangeWriter writer;
    private final Tables tables;
    private final SnapshotProgress progress;

    Snapshots(
            PostgresConnections connections,
            PostgresCatalog catalog,
            SourceConfig.Postgres config,
            ChangeWriter writer,
            Tables tables,
            SnapshotProgress progress) {
        this.connections = connections;
        this.catalog = catalog;
        this.config = config;
        this.writer = writer;
        this.tables = tables;
        this.progress = progress;
    }

    /**
     * Makes the tables' rows durable, all that are not yet as of one moment.
     *
     * @param patience how long to wait for the transactions that run, since the server exports no snapshot before
     * @return whether they are; else a transaction took longer, and it is to be tried again
     */
    boolean take(Collection<Listing> listings, Duration patience) throws SQLException, InterruptedException {
        Optional<ExportedSnapshot> opened = open(patience);
        if (opened.isEmpty()) {
            try (Connection connection = connections.open()) {
                OldestTransaction.warn(connection, "A snapshot");
            }
            return false;
        }
        List<TableLoad> loads = new ArrayList<>();
        try (ExportedSnapshot snapshot = opened.get()) {
            Queue<Chunk> chunks = chunks(snapshot, read(snapshot, listings), loads);
            new ParallelCopy(connections, snapshot, writer)
                    .read(chunks, Math.min(config.snapshot().parallelism(), chunks.size()));
            loads.forEach(load -> tables.add(load.mark()));
            return true;
        } finally {
            loads.forEach(TableLoad::close);
        }
    }

    private Optional<ExportedSnapshot> open(Duration patience) throws SQLException {
        try {
            return Optional.of(ExportedSnapshot.open(connections, config.slot(), patience));
        } catch (SQLException e) {
            if (QUERY_CANCELED.equals(e.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The tables as they are in the snapshot. */
    private List<CatalogTable> read(ExportedSnapshot snapshot, Collection<Listing> listings) throws SQLException {
        List<CatalogTable> found = new ArrayList<>();
        for (Listing listing : listings) {
            found.add(catalog.read(snapshot.connection(), listing));
        }
        found.forEach(table -> tables.add(table.shape()));
        return found;
    }

    /** Publishes the tables, and meanwhile looks into the first; nobody uses the writer before it is back. */
    private Queue<Chunk> chunks(ExportedSnapshot snapshot, List<CatalogTable> found, List<TableLoad> loads)
            throws SQLException {
        Alongside<Boolean> published = Alongside.begin("publish-" + config.name(), () -> {
            writer.publish(found.stream().map(CatalogTable::shape).toList());
            return true;
        });
        try {
            return plan(snapshot, found, loads, published);
        } finally {
            published.result();
        }
    }

    private Queue<Chunk> plan(
            ExportedSnapshot snapshot, List<CatalogTable> found, List<TableLoad> loads, Alongside<Boolean> published)
            throws SQLException {
        ChunkPlanner planner = new ChunkPlanner(config.snapshot().chunkKilobytes() * 1024L, progress);
        Queue<Chunk> chunks = new ConcurrentLinkedQueue<>();
        for (CatalogTable table : found) {
            chunks.addAll(planner.plan(snapshot.connection(), table, order -> {
                published.result();
                TableLoad load = TableLoad.first(
                        table, writer.topic(table.shape()), snapshot, order, tables.mark(table.listing()));
                loads.add(load);
                return load;
            }));
        }
        return chunks;
    }
}
