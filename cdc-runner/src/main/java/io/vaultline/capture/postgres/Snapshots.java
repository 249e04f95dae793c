package io.vaultline.capture.postgres;

import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.postgres.CatalogTable.Listing;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the snapshots of tables that are published, but not yet in Kafka. */
final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final String QUERY_CANCELED = "57014";

    private final PostgresConnections connections;
    private final PostgresCatalog catalog;
    private final String slot;
    private final ChangeWriter writer;
    private final Tables tables;

    Snapshots(
            PostgresConnections connections, PostgresCatalog catalog, String slot, ChangeWriter writer, Tables tables) {
        this.connections = connections;
        this.catalog = catalog;
        this.slot = slot;
        this.writer = writer;
        this.tables = tables;
    }

    /**
     * Makes the tables' rows durable, all as of one moment.
     *
     * @param patience how long to wait for the transactions that run, since the server exports no snapshot before
     * @return whether they are; else a transaction took longer, and it is to be tried again
     */
    boolean take(Collection<Listing> listings, Duration patience) throws SQLException, IOException {
        try (ExportedSnapshot snapshot = ExportedSnapshot.open(connections, slot, patience)) {
            List<CatalogTable> found = new ArrayList<>();
            for (Listing listing : listings) {
                found.add(catalog.read(snapshot.connection(), listing));
            }
            writer.publish(found.stream().map(CatalogTable::shape).toList());
            TableSnapshot copier = new TableSnapshot(snapshot, writer);
            for (CatalogTable table : found) {
                tables.add(table.shape());
                tables.add(copier.take(table, tables.replaces(table.listing())));
            }
            return true;
        } catch (SQLException e) {
            if (QUERY_CANCELED.equals(e.getSQLState())) {
                warnOfLongTransaction();
                return false;
            }
            throw e;
        }
    }

    private void warnOfLongTransaction() throws SQLException {
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement();
                ResultSet oldest = statement.executeQuery("SELECT pid, date_trunc('second', now() - xact_start)::text"
                        + " FROM pg_stat_activity WHERE backend_xid IS NOT NULL ORDER BY xact_start LIMIT 1")) {
            LOG.warn(
                    "A snapshot waits for transactions of the source that run; the oldest: {}",
                    oldest.next()
                            ? "pid " + oldest.getString(1) + ", for " + oldest.getString(2)
                            : "it has just ended");
        }
    }
}
