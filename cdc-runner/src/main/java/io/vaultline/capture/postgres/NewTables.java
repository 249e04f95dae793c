package io.vaultline.capture.postgres;

import io.vaultline.capture.postgres.CatalogTable.Listing;
import io.vaultline.event.CollectionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the tables that are to be captured and are not yet, and says once of each why it can't be. */
final class NewTables {
    private static final Logger LOG = LoggerFactory.getLogger(NewTables.class);

    private final PostgresCatalog catalog;
    private final Publication publication;
    private final Tables tables;
    private final Set<CollectionId> refused = new HashSet<>();

    NewTables(PostgresCatalog catalog, Publication publication, Tables tables) {
        this.catalog = catalog;
        this.publication = publication;
        this.tables = tables;
    }

    /** Publishes every table that can be captured. Returns those that have no snapshot. */
    List<Listing> publish(Connection connection) throws SQLException {
        List<Listing> listed = catalog.tables(connection);
        listed.stream().filter(table -> !table.capturable()).forEach(this::refuse);
        publication
                .include(connection, listed.stream().filter(Listing::capturable).toList())
                .forEach(this::refuseToPublish);
        return missing(catalog.tables(connection));
    }

    /** The same when something is missing; else nothing is done. */
    List<Listing> look(Connection connection) throws SQLException {
        List<Listing> listed = catalog.tables(connection);
        boolean changed = listed.stream().anyMatch(table -> table.capturable() ? !tables.has(table) : isNews(table));
        return changed ? publish(connection) : List.of();
    }

    private List<Listing> missing(List<Listing> listed) {
        List<Listing> missing = listed.stream()
                .filter(table -> table.capturable() && table.membership() != 0 && !tables.has(table))
                .toList();
        missing.stream().filter(tables::missedChanges).forEach(NewTables::warnOfMissedChanges);
        return missing;
    }

    private static void warnOfMissedChanges(Listing table) {
        LOG.warn(
                "{} was taken out of the publication for a while: the changes of that time are lost. Its rows are read"
                        + " again, so its state is right from here on; its history lacks what happened in between.",
                table.id());
    }

    private boolean isNews(Listing table) {
        return !refused.contains(table.id());
    }

    /** Somebody else owns the table, and a pipeline at work must not end because of it. */
    private void refuseToPublish(Listing table) {
        if (refused.add(table.id())) {
            LOG.warn(
                    "{} is NOT captured: the user may not publish it. {};",
                    table.id(),
                    publication.addition(List.of(table)));
        }
    }

    private void refuse(Listing table) {
        if (!refused.add(table.id())) {
            return;
        }
        if (table.unlogged()) {
            LOG.warn(
                    "{} is NOT captured: it is unlogged, so its changes are in no log. ALTER TABLE {} SET LOGGED;",
                    table.id(),
                    table.quoted());
        } else if (table.columnsAreMixedUp()) {
            LOG.warn(
                    "{} is NOT captured: the connector can't tell columns apart whose names differ by case only. Take engine:"
                            + " debezium out, or rename one: ALTER TABLE {} RENAME COLUMN … TO …;",
                    table.id(),
                    table.quoted());
        } else {
            LOG.warn(
                    "{} is NOT captured: nothing identifies its rows (no primary key, a deferrable one, or REPLICA IDENTITY"
                            + " NOTHING), and publishing it so would make its updates fail."
                            + " Give it a primary key, or: ALTER TABLE {} REPLICA IDENTITY FULL;",
                    table.id(),
                    table.quoted());
        }
    }
}
