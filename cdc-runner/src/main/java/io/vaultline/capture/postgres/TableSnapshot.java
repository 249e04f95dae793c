package io.vaultline.capture.postgres;

import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.Row;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies one table of a snapshot to Kafka, in one Kafka transaction: after a kill, the next start reads the whole table
 * anew from a new snapshot, and no reader has seen a row of the old one. A table must therefore be read within the
 * transaction's timeout, a quarter of an hour; memory stays bounded, since rows stream.
 */
final class TableSnapshot {
    private static final Logger LOG = LoggerFactory.getLogger(TableSnapshot.class);

    private static final long PROGRESS_ROWS = 1_000_000;

    private final ExportedSnapshot snapshot;
    private final ChangeWriter writer;

    TableSnapshot(ExportedSnapshot snapshot, ChangeWriter writer) {
        this.snapshot = snapshot;
        this.writer = writer;
    }

    /**
     * Makes the table's rows durable, and that they are.
     *
     * @param replaces whether rows of an earlier table of this name are in Kafka; they end then just before the snapshot, at
     *     a position that no commit has, since records of the log begin at multiples of eight
     */
    SnapshotMark take(CatalogTable table, boolean replaces) throws SQLException, IOException {
        if (replaces) {
            CommitOrder before = new CommitOrder(snapshot.position() - 1, 0);
            writer.write(new CollectionTruncated(new ChangeHeader(table.shape(), before, snapshot.micros(), null)));
        }
        AtomicLong rows = new AtomicLong();
        TableRows.read(snapshot.connection(), table, row -> {
            writer.write(read(table, row, rows.incrementAndGet()));
            if (rows.get() % PROGRESS_ROWS == 0) {
                LOG.info("Snapshot of {}: {} rows so far", table.shape().id(), rows.get());
            }
        });
        SnapshotMark mark = new SnapshotMark(
                table.shape().id(), snapshot.position(), table.listing().incarnation());
        writer.commitSnapshot(mark);
        LOG.info("Snapshot of {}: {} rows", mark.id(), rows.get());
        return mark;
    }

    /** Rows of a keyless table can be equal, so each has its number; others have none. */
    private RowRead read(CatalogTable table, Row row, long number) {
        CollectionSchema shape = table.shape();
        CommitOrder order = new CommitOrder(snapshot.position(), shape.key().isEmpty() ? number : 0);
        return new RowRead(new ChangeHeader(shape, order, snapshot.micros(), null), row);
    }
}
