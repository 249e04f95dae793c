package io.vaultline.capture.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Measures tables by looking at some of their pages, since the database's statistics may be old or missing. */
final class TableSample {
    private static final String SIZE = """
            SELECT coalesce(sum(pg_relation_size(p.relid)), 0)::int8 / current_setting('block_size')::int8,
                   coalesce(sum(pg_table_size(p.relid)), 0)::int8
            FROM (SELECT ?::oid AS relid WHERE NOT ?
                  UNION ALL SELECT relid::oid FROM pg_partition_tree(?::oid) WHERE isleaf AND ?) p""";

    private static final String BY_BYTES = """
            SELECT a.attname FROM pg_attribute a
            JOIN pg_collation c ON c.oid = a.attcollation
            JOIN pg_database d ON d.datname = current_database()
            WHERE a.attrelid = ? AND pg_encoding_to_char(d.encoding) = 'UTF8'
              AND (c.collname IN ('C', 'POSIX')
                   OR c.collname = 'default' AND d.datcollate IN ('C', 'POSIX')
                      AND coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') = 'c')""";

    private static final int PAGES_PER_CHUNK = 3;
    private static final int LEAST_PAGES = 300;

    private final Connection connection;

    TableSample(Connection connection) {
        this.connection = connection;
    }

    /**
     * A table's size now.
     *
     * @param bytes with the values that stand outside of its pages
     */
    record Size(long pages, long bytes) {
        /** The same, to be read at once. */
        Size ofOnePage() {
            return new Size(1, bytes);
        }
    }

    /**
     * What some pages say of a table.
     *
     * @param order of its keys, if they have a usable one
     * @param boundaries keys that cut the table into chunks of about one size, in their order
     * @param correlation of the keys' order with the rows' places, -1 to 1
     * @param rows about how many the table has
     */
    record Sample(Optional<KeyOrder> order, List<List<String>> boundaries, double correlation, long rows) {}

    Size size(CatalogTable table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SIZE)) {
            long oid = Integer.toUnsignedLong(table.listing().oid());
            statement.setLong(1, oid);
            statement.setBoolean(2, table.listing().partitioned());
            statement.setLong(3, oid);
            statement.setBoolean(4, table.listing().partitioned());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Size(row.getLong(1), row.getLong(2));
            }
        }
    }

    /** @param chunks how many the table should have */
    Sample take(CatalogTable table, Size size, int chunks) throws SQLException {
        Optional<KeyOrder> order = KeyOrder.of(table, byBytes(table));
        long wanted = Math.max(LEAST_PAGES, (long) chunks * PAGES_PER_CHUNK);
        double percent = size.pages() <= wanted ? 100 : 100.0 * wanted / size.pages();
        try (Statement statement = connection.createStatement()) {
            return order.isPresent()
                    ? ofKeys(statement, table, order.get(), percent, chunks)
                    : ofRows(statement, table, percent);
        }
    }

    private Set<String> byBytes(CatalogTable table) throws SQLException {
        Set<String> columns = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(BY_BYTES)) {
            statement.setLong(1, Integer.toUnsignedLong(table.listing().oid()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
            }
        }
        return columns;
    }

    private static Sample ofRows(Statement statement, CatalogTable table, double percent) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + pages(table, percent))) {
            row.next();
            return new Sample(Optional.empty(), List.of(), 0, Math.round(row.getLong(1) * 100 / percent));
        }
    }

    private static Sample ofKeys(Statement statement, CatalogTable table, KeyOrder order, double percent, int chunks)
            throws SQLException {
        List<List<String>> boundaries = new ArrayList<>();
        long sampled = 0;
        double correlation = order.isRandom() ? 0 : 1;
        try (ResultSet rows = statement.executeQuery(keys(table, order, percent, chunks))) {
            while (rows.next()) {
                sampled = rows.getLong(2);
                double measured = rows.getDouble(3);
                correlation = rows.wasNull() || table.listing().partitioned() ? correlation : measured;
                if (rows.getLong(1) > 1) {
                    boundaries.add(key(rows, order.names().size()));
                }
            }
        }
        long total = Math.round(sampled * 100 / percent);
        return new Sample(Optional.of(order), boundaries, correlation, total);
    }

    private static List<String> key(ResultSet row, int columns) throws SQLException {
        List<String> key = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            key.add(row.getString(4 + i));
        }
        return key;
    }

    /** The first row and each that begins a chunk; with the sample's size and correlation. */
    private static String keys(CatalogTable table, KeyOrder order, double percent, int chunks) {
        String names = order.names().stream().map(Sql::identifier).collect(Collectors.joining(", "));
        String texts = order.names().stream()
                .map(name -> Sql.identifier(name) + "::text")
                .collect(Collectors.joining(", "));
        return "WITH sampled AS MATERIALIZED (SELECT " + names + ", row_number() OVER (ORDER BY " + names
                + ") AS \"vaultline place\", (ctid::text::point)[0] AS \"vaultline page\" FROM "
                + pages(table, percent) + "), measured AS (SELECT count(*) AS n,"
                + " corr(\"vaultline place\", \"vaultline page\") AS c FROM sampled)"
                + " SELECT \"vaultline place\", n, c, " + texts + " FROM sampled, measured"
                + " WHERE \"vaultline place\" = 1 OR (" + chunks + " > 1 AND \"vaultline place\" % greatest(n / "
                + chunks + ", 1) = 0 AND n > \"vaultline place\") ORDER BY \"vaultline place\"";
    }

    private static String pages(CatalogTable table, double percent) {
        return table.listing().rows() + String.format(Locale.ROOT, " TABLESAMPLE SYSTEM (%.9f)", percent);
    }
}
