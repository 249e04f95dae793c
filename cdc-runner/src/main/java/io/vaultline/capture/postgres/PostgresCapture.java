package io.vaultline.capture.postgres;

import io.vaultline.capture.engine.EngineRun;
import io.vaultline.capture.engine.StreamRun;
import io.vaultline.capture.output.CaptureOutput;
import io.vaultline.capture.output.CaptureState;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.LetterDesk;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.capture.output.StreamPosition;
import io.vaultline.capture.postgres.CatalogTable.Listing;
import io.vaultline.capture.resnapshot.OpenRequests;
import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.capture.source.LogProbe;
import io.vaultline.capture.source.SourceCapture;
import io.vaultline.config.SourceConfig;
import io.vaultline.event.CommitOrder;
import io.vaultline.service.SnapshotProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures one PostgreSQL database: a publication of its tables and a slot that keeps the log, then a snapshot of every
 * table that has none, then the stream from the slot. A table that appears later goes the same way between two Kafka
 * transactions of the stream.
 */
public final class PostgresCapture implements SourceCapture {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCapture.class);
    private static final Duration SNAPSHOT_PATIENCE = Duration.ofSeconds(30);
    private static final Duration INLINE_PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long RETRY_NANOS = Duration.ofSeconds(30).toNanos();

    private final SourceConfig.Postgres config;
    private final SnapshotProgress progress;
    private final String where;
    private final PostgresConnections connections;
    private final PostgresFailures failures;
    private final CollectionFilter filter;
    private final PostgresCatalog catalog;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<StreamRun> engine = Optional.empty();
    private long nextLook = System.nanoTime();

    /** @param progress told how far the snapshots are */
    public PostgresCapture(SourceConfig.Postgres config, SnapshotProgress progress) {
        this.config = config;
        this.progress = progress;
        this.connections = new PostgresConnections(config);
        this.where = "source " + config.name() + " at " + connections.address();
        this.failures = new PostgresFailures(where);
        this.filter = CollectionFilter.of(config);
        this.catalog = new PostgresCatalog(config);
    }

    @Override
    public void check() {
        new PostgresPreflight(config).requireCapturable();
    }

    @Override
    public void run(CaptureOutput output, CaptureState state, ChangeWriter writer, Runnable streaming) {
        try (Connection connection = connections.open();
                LetterDesk letters = output.letterDesk(writer)) {
            Tables tables = new Tables(state);
            NewTables newTables = new NewTables(catalog, new Publication(config.publication(), where), tables);
            Snapshots snapshots = new Snapshots(connections, catalog, config, writer, tables, progress);
            warnOfMasks(connection);
            List<Listing> missing = newTables.publish(connection);
            StreamPosition start = prepareSlot(connection, state);
            publishKnown(connection, writer, tables);
            letters.look();
            while (!missing.isEmpty() && !isClosed() && !snapshots.take(missing, SNAPSHOT_PATIENCE)) {
                LOG.info("Trying again to take the snapshots of {} tables", missing.size());
            }
            OpenRequests requests = new OpenRequests(output.requests(), writer::commitAnswer);
            try (Resnapshots again =
                    new Resnapshots(connections, catalog, config, writer, tables, progress, failures, requests)) {
                Runnable look = () -> {
                    letters.look();
                    look(connection, newTables, snapshots, again);
                };
                stream(connection, writer, tables, start, again, look, streaming);
            }
        } catch (SQLException e) {
            throw failures.apply(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void warnOfMasks(Connection connection) throws SQLException {
        if (filter.masks().any()) {
            filter.masks()
                    .unmatched(catalog.columnNames(connection))
                    .forEach(mask -> LOG.warn("{}: {}", config.name(), mask.text()));
        }
    }

    /** Where the stream starts: behind what is durable, or at the new slot's beginning. */
    private StreamPosition prepareSlot(Connection connection, CaptureState state)
            throws SQLException, InterruptedException {
        ReplicationSlot slot = new ReplicationSlot(config.slot(), where);
        slot.requireReached(connection, state);
        Optional<ReplicationSlot.State> found = slot.read(connection);
        long confirmed = slot.mustBeCreated(found, state)
                ? created(connection, slot)
                : found.map(ReplicationSlot.State::confirmed).orElse(0L);
        awaitFree(connection, slot);
        return state.position().orElseGet(() -> startOf(confirmed));
    }

    @Override
    public LogProbe probe() {
        return new SlotProbe(config, connections, failures);
    }

    @Override
    public void recapture(CaptureState state, ChangeWriter writer) {
        try (Connection connection = connections.open()) {
            ReplicationSlot slot = new ReplicationSlot(config.slot(), where);
            awaitFree(connection, slot);
            slot.drop(connection);
            long confirmed = created(connection, slot);
            state.snapshots().values().stream()
                    .filter(SnapshotMark::begun)
                    .map(SnapshotMark::givenUp)
                    .forEach(writer::mark);
            writer.commitPart(startOf(confirmed));
        } catch (SQLException e) {
            throw failures.apply(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static StreamPosition startOf(long confirmed) {
        return new StreamPosition(new CommitOrder(confirmed, 0), ReplicationSlot.offset(confirmed, 0));
    }

    /** Returns where the new slot begins. */
    private long created(Connection connection, ReplicationSlot slot) throws SQLException {
        while (!isClosed() && !slot.create(connection, SNAPSHOT_PATIENCE)) {
            OldestTransaction.warn(connection, "The replication slot");
        }
        return slot.read(connection).map(ReplicationSlot.State::confirmed).orElse(0L);
    }

    /** A killed predecessor holds the slot until the server notices; one that was shut out, until it does. */
    private void awaitFree(Connection connection, ReplicationSlot slot) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + ReplicationSlot.holdOn(connection).toNanos();
        Optional<Integer> holder = holder(connection, slot);
        while (holder.isPresent() && !closed.await(200, TimeUnit.MILLISECONDS)) {
            if (System.nanoTime() > deadline) {
                throw slot.held(holder.get());
            }
            holder = holder(connection, slot);
        }
    }

    private static Optional<Integer> holder(Connection connection, ReplicationSlot slot) throws SQLException {
        return slot.read(connection).flatMap(state -> Optional.ofNullable(state.holder()));
    }

    /** Readers learn the shapes of all tables at each start, also of those that stay empty. */
    private void publishKnown(Connection connection, ChangeWriter writer, Tables tables) throws SQLException {
        for (Listing table : catalog.tables(connection)) {
            if (tables.has(table)) {
                tables.add(catalog.read(connection, table).shape());
            }
        }
        writer.publish(tables.shapes());
    }

    private void stream(
            Connection connection,
            ChangeWriter writer,
            Tables tables,
            StreamPosition start,
            CommitBoundary boundary,
            Runnable pause,
            Runnable streaming) {
        TableReaders readers = new TableReaders(config.name(), filter, catalog, connection, tables, failures);
        TransactionWriter transactions = new TransactionWriter(writer, tables, start, boundary);
        StreamRun run =
                switch (config.engine()) {
                    case NATIVE -> messages(connection, readers, transactions, start, pause, streaming);
                    case DEBEZIUM -> connector(readers, transactions, start, pause, streaming);
                };
        engine = Optional.of(run);
        if (!isClosed()) {
            run.run();
        }
    }

    private StreamRun messages(
            Connection connection,
            TableReaders readers,
            TransactionWriter writer,
            StreamPosition start,
            Runnable pause,
            Runnable streaming) {
        long lsn = ReplicationSlot.commitLsn(start.offset());
        return new MessageRun(
                () -> ReplicationFeed.open(connections, config.slot(), config.publication(), lsn),
                new MessageStream(writer, readers::ofRelation),
                writer,
                new Heartbeat(connection, config.heartbeat()),
                pause,
                streaming,
                failures);
    }

    private StreamRun connector(
            TableReaders readers, TransactionWriter writer, StreamPosition start, Runnable pause, Runnable streaming) {
        PostgresStream stream = new PostgresStream(EngineSettings.prefix(config), writer, readers::ofRecord, pause);
        return new EngineRun(EngineSettings.of(config, connections), start.offset(), stream, failures, streaming);
    }

    /** Between two Kafka transactions: takes in tables that are new, unless one is about to be read again. */
    private void look(Connection connection, NewTables newTables, Snapshots snapshots, Resnapshots again) {
        if (System.nanoTime() - nextLook < 0) {
            return;
        }
        try {
            if (again.look(connection)) {
                return;
            }
            List<Listing> missing = newTables.look(connection);
            boolean done = missing.isEmpty() || snapshots.take(missing, INLINE_PATIENCE);
            nextLook = System.nanoTime() + (done ? LOOK_NANOS : RETRY_NANOS);
        } catch (SQLException e) {
            throw failures.apply(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
        engine.ifPresent(StreamRun::close);
    }
}
