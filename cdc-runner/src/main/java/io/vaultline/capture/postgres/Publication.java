package io.vaultline.capture.postgres;

import io.vaultline.capture.postgres.CatalogTable.Listing;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The publication that names the captured tables one by one. It is never {@code FOR ALL TABLES}: that would make
 * updates fail on every table of the source that has no replica identity.
 */
final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    static final String INCOMPLETE =
            "The publication leaves out some kinds of changes, or names partitions instead of their tables";

    private static final String OPTIONS =
            "publish = 'insert, update, delete, truncate', publish_via_partition_root = true";

    /** Since this version PostgreSQL can send generated columns that are stored. */
    private static final int SENDS_GENERATED = 18;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final String name;
    private final String where;

    /** @param where the source and its address, for messages */
    Publication(String name, String where) {
        this.name = name;
        this.where = where;
    }

    /**
     * Creates the publication when it is missing, and adds the tables that it lacks; what it has more stays.
     *
     * @return the tables that it lacks and the user may not add
     */
    List<Listing> include(Connection connection, Collection<Listing> tables) throws SQLException {
        if (!exists(connection)) {
            execute(connection, creation(connection, List.of()));
        }
        checkComplete(connection);
        List<Listing> missing = missing(connection, tables);
        List<Listing> addable = isOwned(connection) ? mayPublish(connection, missing) : List.of();
        if (!addable.isEmpty()) {
            add(connection, addable);
        }
        missing.removeAll(addable);
        return missing;
    }

    /** The statement that creates it, without its semicolon. */
    String creation(Connection connection, Collection<Listing> tables) throws SQLException {
        return "CREATE PUBLICATION " + Sql.identifier(name) + (tables.isEmpty() ? "" : " FOR TABLE " + list(tables))
                + " WITH (" + options(connection) + ")";
    }

    private static String options(Connection connection) throws SQLException {
        boolean sendsGenerated = connection.getMetaData().getDatabaseMajorVersion() >= SENDS_GENERATED;
        return OPTIONS + (sendsGenerated ? ", publish_generated_columns = stored" : "");
    }

    /**
     * Publishing a table takes a lock on it, which a forgotten session can hold for hours; the others' changes must not
     * wait for that. So one that is locked is left out until the next look.
     */
    private void add(Connection connection, List<Listing> tables) throws SQLException {
        execute(connection, "SET lock_timeout = '500ms'");
        if (!added(connection, tables)) {
            for (Listing table : tables) {
                if (tables.size() == 1 || !added(connection, List.of(table))) {
                    warnOfLock(table);
                }
            }
        }
        execute(connection, "RESET lock_timeout");
    }

    private boolean added(Connection connection, List<Listing> tables) throws SQLException {
        String command = addition(tables);
        try {
            execute(connection, command);
            LOG.info("{}", command);
            return true;
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private static void warnOfLock(Listing table) {
        LOG.warn(
                "{} is NOT captured yet: another session holds a lock on it. SELECT pid, state, query FROM"
                        + " pg_stat_activity WHERE pid IN (SELECT pid FROM pg_locks WHERE granted AND relation = {});",
                table.id(),
                Integer.toUnsignedString(table.oid()));
    }

    /** The statement that adds tables. */
    String addition(Collection<Listing> tables) {
        return "ALTER PUBLICATION " + Sql.identifier(name) + " ADD TABLE " + list(tables);
    }

    /** The statement that makes it publish all kinds of changes. */
    String completion() {
        return "ALTER PUBLICATION " + Sql.identifier(name) + " SET (" + OPTIONS + ")";
    }

    boolean exists(Connection connection) throws SQLException {
        return !numbers(connection, "SELECT oid::int8 FROM pg_publication WHERE pubname = ?")
                .isEmpty();
    }

    /** Those of the tables that it lacks. */
    List<Listing> missing(Connection connection, Collection<Listing> tables) throws SQLException {
        Set<Long> published = published(connection);
        List<Listing> missing = new ArrayList<>(tables);
        missing.removeIf(table -> published.contains(Integer.toUnsignedLong(table.oid())));
        return missing;
    }

    /** Those of the tables that the user owns, since only their owner can publish them. */
    List<Listing> mayPublish(Connection connection, Collection<Listing> tables) throws SQLException {
        Set<Long> owned = numbers(
                connection,
                "SELECT oid::int8 FROM pg_class WHERE pg_has_role(relowner, 'USAGE') AND ?::text IS NOT NULL");
        return tables.stream()
                .filter(table -> owned.contains(Integer.toUnsignedLong(table.oid())))
                .toList();
    }

    private boolean isOwned(Connection connection) throws SQLException {
        return !numbers(
                        connection,
                        "SELECT oid::int8 FROM pg_publication WHERE pubname = ? AND pg_has_role(pubowner, 'USAGE')")
                .isEmpty();
    }

    /** Whether it leaves out nothing that we count on. */
    boolean isComplete(Connection connection) throws SQLException {
        return !numbers(
                        connection,
                        "SELECT oid::int8 FROM pg_publication WHERE pubname = ?"
                                + " AND pubinsert AND pubupdate AND pubdelete AND pubtruncate AND pubviaroot")
                .isEmpty();
    }

    /** A publication that somebody else made must not leave out what we count on. */
    private void checkComplete(Connection connection) throws SQLException {
        if (!isComplete(connection)) {
            throw new PipelineException(
                    ErrorCode.SOURCE_NOT_CAPTURABLE, INCOMPLETE, where + ", publication " + name, completion() + ";");
        }
        checkUnfiltered(connection);
    }

    /** A row filter would leave rows out of the stream that the snapshot has. Before PostgreSQL 15 there is none. */
    private void checkUnfiltered(Connection connection) throws SQLException {
        Set<Long> filtered = numbers(
                connection,
                "SELECT r.prrelid::int8 FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid"
                        + " WHERE p.pubname = ? AND to_jsonb(r) ->> 'prqual' IS NOT NULL");
        for (Long table : filtered) {
            String quoted = text(connection, "SELECT " + table + "::regclass::text");
            throw new PipelineException(
                    ErrorCode.SOURCE_NOT_CAPTURABLE,
                    "The publication has a row filter, so it leaves out changes of table " + quoted,
                    where + ", publication " + name,
                    "ALTER PUBLICATION " + Sql.identifier(name) + " DROP TABLE " + quoted
                            + "; it is then added as a whole, and read again.");
        }
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** The tables that are named one by one; every table, should somebody have made the publication so. */
    private Set<Long> published(Connection connection) throws SQLException {
        return numbers(connection, """
                SELECT c.oid::int8 FROM pg_class c, pg_publication p
                WHERE p.pubname = ? AND c.relkind IN ('r', 'p')
                  AND (p.puballtables
                       OR EXISTS (SELECT FROM pg_publication_rel r WHERE r.prpubid = p.oid AND r.prrelid = c.oid))""");
    }

    private Set<Long> numbers(Connection connection, String query) throws SQLException {
        Set<Long> numbers = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
        }
        return numbers;
    }

    private static String list(Collection<Listing> tables) {
        return tables.stream()
                .map(table -> (table.partitioned() ? "" : "ONLY ") + table.quoted())
                .collect(Collectors.joining(", "));
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
