package io.vaultline.capture.postgres;

import io.vaultline.capture.postgres.TableSample.Sample;
import io.vaultline.capture.postgres.TableSample.Size;
import io.vaultline.event.CollectionId;
import io.vaultline.service.SnapshotProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks at tables in a snapshot, and says in which chunks they are to be read. */
final class ChunkPlanner {
    /** PostgreSQL 14 finds a range of pages without reading the others. */
    private static final int PAGE_RANGES = 14;

    private final ChunkPlan plan;
    private final SnapshotProgress progress;

    /** @param progress told of each table what is to come */
    ChunkPlanner(long chunkBytes, SnapshotProgress progress) {
        this.plan = new ChunkPlan(chunkBytes);
        this.progress = progress;
    }

    /**
     * The chunks of a table, one or more; without those that are durable.
     *
     * @param loads makes the table's load, given the order of its keys if it is to be read by them
     */
    List<Chunk> plan(Connection snapshot, CatalogTable table, Function<Optional<KeyOrder>, TableLoad> loads)
            throws SQLException {
        TableSample samples = new TableSample(snapshot);
        Size size = samples.size(table);
        Sample sample = samples.take(table, size, plan.count(size));
        boolean hasPages =
                !table.listing().partitioned() && snapshot.getMetaData().getDatabaseMajorVersion() >= PAGE_RANGES;
        Optional<KeyOrder> order = sample.order().filter(any -> ChunkPlan.isByKey(sample, size, hasPages));
        TableLoad load = loads.apply(order);
        List<Chunk> chunks = order.isPresent()
                ? plan.byKey(load, order.get(), sample, size)
                : plan.byPage(load, hasPages ? size : size.ofOnePage());
        expect(load, Math.round(shareOf(chunks, size) * sample.rows()), chunks);
        return chunks;
    }

    /** A condition's rows as one chunk. */
    List<Chunk> plan(TableLoad load, String condition, long estimatedRows) {
        List<Chunk> chunks = List.of(new Chunk(load, Optional.empty(), "(" + condition + ")", Long.MAX_VALUE / 2));
        expect(load, estimatedRows, chunks);
        return chunks;
    }

    /** Of a table that goes on, only what is missing is read. */
    private static double shareOf(List<Chunk> chunks, Size size) {
        long bytes = chunks.stream().mapToLong(Chunk::bytes).sum();
        return size.bytes() == 0 ? 1 : Math.min(1, (double) bytes / size.bytes());
    }

    private void expect(TableLoad load, long rows, List<Chunk> chunks) {
        CollectionId id = load.table().shape().id();
        load.expect(chunks.size(), progress.begin(id.namespace() + "." + id.name(), rows, chunks.size()));
    }
}
