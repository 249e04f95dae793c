package io.vaultline.capture.postgres;

import io.vaultline.capture.output.CaptureTopic;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.capture.postgres.CatalogTable.Listing;
import io.vaultline.capture.postgres.TableLoad.Again;
import io.vaultline.capture.resnapshot.OpenRequests;
import io.vaultline.capture.resnapshot.ResnapshotRequest;
import io.vaultline.config.SourceConfig;
import io.vaultline.service.SnapshotProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads captured tables again while the stream goes on, one request at a time.
 *
 * <p>A snapshot is taken when a request is seen; the stream goes on up to the snapshot's position, pauses, and the rows
 * are written behind all earlier changes and before all later ones. A request is open until its last rows are durable,
 * so a new start takes it up again, from a new snapshot.
 */
final class Resnapshots implements CommitBoundary, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Resnapshots.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String QUERY_CANCELED = "57014";

    private final PostgresConnections connections;
    private final PostgresCatalog catalog;
    private final SourceConfig.Postgres config;
    private final ChangeWriter writer;
    private final Tables tables;
    private final ChunkPlanner planner;
    private final PostgresFailures failures;
    private final OpenRequests requests;
    private Optional<Waiting> waiting = Optional.empty();

    /** @param requests closed with this */
    Resnapshots(
            PostgresConnections connections,
            PostgresCatalog catalog,
            SourceConfig.Postgres config,
            ChangeWriter writer,
            Tables tables,
            SnapshotProgress progress,
            PostgresFailures failures,
            OpenRequests requests) {
        this.connections = connections;
        this.catalog = catalog;
        this.config = config;
        this.writer = writer;
        this.tables = tables;
        this.planner = new ChunkPlanner(config.snapshot().chunkKilobytes() * 1024L, progress);
        this.failures = failures;
        this.requests = requests;
    }

    /** A request whose snapshot is taken. */
    private record Waiting(ResnapshotRequest request, CatalogTable table, long rows, ExportedSnapshot snapshot) {}

    /** Between two Kafka transactions: takes up the next request. Returns whether one waits for its position. */
    boolean look(Connection connection) throws SQLException {
        if (waiting.isPresent()) {
            return true;
        }
        for (ResnapshotRequest request : requests.look()) {
            Optional<Listing> table = catalog.table(connection, request.collection());
            if (table.isPresent() && tables.has(table.get())) {
                waiting = begun(request, table.get());
                return waiting.isPresent();
            }
            requests.refuse(request, "The table is not captured; see the log of the capture, or include it");
        }
        return false;
    }

    private Optional<Waiting> begun(ResnapshotRequest request, Listing listing) throws SQLException {
        Optional<ExportedSnapshot> opened = open();
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        ExportedSnapshot snapshot = opened.get();
        try {
            CatalogTable table = catalog.read(snapshot.connection(), listing);
            RowCondition condition = new RowCondition(table, request.where());
            Optional<String> problem = condition.problem(snapshot.connection());
            if (problem.isPresent()) {
                snapshot.close();
                requests.refuse(request, problem.get());
                return Optional.empty();
            }
            requests.begin(request);
            return Optional.of(new Waiting(request, table, condition.rows(snapshot.connection()), snapshot));
        } catch (SQLException | RuntimeException e) {
            snapshot.close();
            throw e;
        }
    }

    private Optional<ExportedSnapshot> open() throws SQLException {
        try {
            return Optional.of(ExportedSnapshot.open(connections, config.slot(), PATIENCE));
        } catch (SQLException e) {
            if (QUERY_CANCELED.equals(e.getSQLState())) {
                LOG.info("A new snapshot waits for transactions of the source that run");
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public boolean isDue(long commitLsn) {
        return waiting.isPresent() && commitLsn > waiting.get().snapshot().position();
    }

    @Override
    public void pass() throws InterruptedException {
        Waiting now = waiting.orElseThrow();
        waiting = Optional.empty();
        try (ExportedSnapshot snapshot = now.snapshot()) {
            read(now, snapshot);
            requests.answered(now.request());
        } catch (SQLException e) {
            failed(now.request(), e);
        }
    }

    private void read(Waiting now, ExportedSnapshot snapshot) throws SQLException, InterruptedException {
        CatalogTable table = now.table();
        LOG.info("{} is read again, as of position {}", table.shape().id(), snapshot.position());
        writer.publish(List.of(table.shape()));
        tables.add(table.shape());
        SnapshotMark mark = tables.mark(table.listing()).orElseThrow();
        CaptureTopic topic = writer.topic(table.shape());
        Again again = new Again(now.request(), mark);
        AtomicReference<TableLoad> load = new AtomicReference<>();
        try {
            List<Chunk> chunks = now.request().where().isEmpty()
                    ? planner.plan(snapshot.connection(), table, order -> {
                        load.set(TableLoad.again(table, topic, snapshot, order, true, again));
                        return load.get();
                    })
                    : planner.plan(
                            kept(load, TableLoad.again(table, topic, snapshot, Optional.empty(), false, again)),
                            now.request().where().get(),
                            now.rows());
            new ParallelCopy(connections, snapshot, writer)
                    .read(
                            new ConcurrentLinkedQueue<>(chunks),
                            Math.min(config.snapshot().parallelism(), chunks.size()));
        } finally {
            Optional.ofNullable(load.get()).ifPresent(TableLoad::close);
        }
    }

    private static TableLoad kept(AtomicReference<TableLoad> place, TableLoad load) {
        place.set(load);
        return load;
    }

    /** A predicate can fail on a row. The database's words may then hold the row's data. */
    private void failed(ResnapshotRequest request, SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (request.where().isEmpty() || !(state.startsWith("22") || state.startsWith("42"))) {
            throw failures.apply(failure);
        }
        writer.abort();
        requests.refuse(request, "The predicate fails on a row of the table (SQLSTATE " + state + ")");
    }

    @Override
    public void close() throws SQLException {
        requests.close();
        if (waiting.isPresent()) {
            waiting.get().snapshot().close();
        }
    }
}
