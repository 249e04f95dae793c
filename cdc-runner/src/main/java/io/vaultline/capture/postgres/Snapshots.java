package io.vaultline.capture.postgres;

import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.postgres.CatalogTable.Listing;
import io.vaultline.capture.postgres.TableSample.Sample;
import io.vaultline.capture.postgres.TableSample.Size;
import io.vaultline.config.SourceConfig;
import io.vaultline.event.CollectionId;
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

    /** PostgreSQL 14 finds a range of pages without reading the others. */
    private static final int PAGE_RANGES = 14;

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
            Queue<Chunk> chunks = plan(snapshot, read(snapshot, listings), loads);
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

    /** Publishes the tables as they are in the snapshot. */
    private List<CatalogTable> read(ExportedSnapshot snapshot, Collection<Listing> listings) throws SQLException {
        List<CatalogTable> found = new ArrayList<>();
        for (Listing listing : listings) {
            found.add(catalog.read(snapshot.connection(), listing));
        }
        writer.publish(found.stream().map(CatalogTable::shape).toList());
        found.forEach(table -> tables.add(table.shape()));
        return found;
    }

    private Queue<Chunk> plan(ExportedSnapshot snapshot, List<CatalogTable> found, List<TableLoad> loads)
            throws SQLException {
        Queue<Chunk> chunks = new ConcurrentLinkedQueue<>();
        for (CatalogTable table : found) {
            List<Chunk> planned = plan(snapshot, table);
            loads.add(planned.get(0).load());
            chunks.addAll(planned);
        }
        return chunks;
    }

    private List<Chunk> plan(ExportedSnapshot snapshot, CatalogTable table) throws SQLException {
        ChunkPlan plan = new ChunkPlan(config.snapshot().chunkKilobytes() * 1024L);
        TableSample samples = new TableSample(snapshot.connection());
        Size size = samples.size(table);
        Sample sample = samples.take(table, size, plan.count(size));
        boolean hasPages = !table.listing().partitioned()
                && snapshot.connection().getMetaData().getDatabaseMajorVersion() >= PAGE_RANGES;
        Optional<KeyOrder> order = sample.order().filter(any -> ChunkPlan.isByKey(sample, size, hasPages));
        TableLoad load =
                new TableLoad(table, writer.topic(table.shape()), snapshot, order, tables.mark(table.listing()));
        List<Chunk> chunks = order.isPresent()
                ? plan.byKey(load, order.get(), sample, size)
                : plan.byPage(load, hasPages ? size : size.ofOnePage());
        expect(load, sample, size, chunks);
        return chunks;
    }

    /** Of a table that goes on, only what is missing is read. */
    private void expect(TableLoad load, Sample sample, Size size, List<Chunk> chunks) {
        CollectionId id = load.table().shape().id();
        long bytes = chunks.stream().mapToLong(Chunk::bytes).sum();
        double share = size.bytes() == 0 ? 1 : Math.min(1, (double) bytes / size.bytes());
        long rows = Math.round(share * sample.rows());
        load.expect(chunks.size(), progress.begin(id.namespace() + "." + id.name(), rows, chunks.size()));
    }
}
