package io.vaultline.capture.postgres;

import io.vaultline.capture.mask.ColumnMask;
import io.vaultline.capture.postgres.CatalogTable.Identity;
import io.vaultline.capture.postgres.CatalogTable.Listing;
import io.vaultline.capture.postgres.CatalogTable.PgColumn;
import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.config.MaskAction;
import io.vaultline.config.SourceConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.ForeignKey;
import io.vaultline.event.UniqueKey;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the shapes of tables from {@code pg_catalog}. */
final class PostgresCatalog {
    private static final String TABLES = """
            SELECT n.nspname, c.relname, c.oid::int8, c.relkind = 'p', c.relpersistence = 'u',
                   coalesce((SELECT r.oid FROM pg_publication_rel r WHERE r.prpubid = p.oid AND r.prrelid = c.oid),
                            CASE WHEN p.puballtables THEN p.oid END, 0)::int8,
                   CASE WHEN c.relreplident = 'f' THEN 'FULL'
                        WHEN c.relreplident = 'i' AND EXISTS
                             (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisreplident) THEN 'INDEX'
                        WHEN c.relreplident = 'd' AND EXISTS
                             (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND i.indimmediate)
                             THEN 'PRIMARY_KEY'
                        ELSE 'NONE' END,
                   EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND NOT i.indimmediate),
                   EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                           GROUP BY lower(a.attname) HAVING count(*) > 1)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 LEFT JOIN pg_publication p ON p.pubname = ?
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
              AND n.nspname NOT IN ('pg_catalog', 'information_schema')
              AND NOT EXISTS (SELECT FROM pg_depend d
                              WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            ORDER BY 1, 2""";

    /** Generated columns are left out unless they are published: PostgreSQL does not send them, nor ever virtual ones. */
    private static final String COLUMNS = """
            WITH RECURSIVE resolved AS (
                SELECT a.attnum, a.attname, a.attnotnull, format_type(a.atttypid, a.atttypmod) AS written,
                       a.attgenerated <> '' AS generated, t.oid, t.typtype, t.typbasetype, t.typtypmod, a.atttypmod AS modifier
                FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
                  AND (a.attgenerated = '' OR a.attgenerated = 's' AND EXISTS
                       (SELECT FROM pg_publication p WHERE p.pubname = ? AND to_jsonb(p) ->> 'pubgencols' = 's'))
                UNION ALL
                SELECT r.attnum, r.attname, r.attnotnull, r.written, r.generated,
                       t.oid, t.typtype, t.typbasetype, t.typtypmod, r.typtypmod
                FROM resolved r JOIN pg_type t ON t.oid = r.typbasetype WHERE r.typtype = 'd')
            SELECT attname, attnotnull, written, oid::int8, modifier, generated FROM resolved
            WHERE typtype <> 'd' ORDER BY attnum""";

    private static final String COLUMN_NAMES =
            "SELECT attname FROM pg_attribute WHERE attrelid = ? AND attnum > 0 AND NOT attisdropped";

    private static final String KEY = """
            SELECT a.attname
            FROM pg_index i
            CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = ? AND k.place <= i.indnkeyatts
              AND CASE WHEN ? THEN i.indisreplident ELSE i.indisprimary END
            ORDER BY k.place""";

    /** Indexes of a part of the rows, and of expressions, say nothing of columns. */
    private static final String UNIQUE_KEYS = """
            SELECT x.relname,
                   array_agg(a.attname::text ORDER BY k.place)
            FROM pg_index i
            JOIN pg_class x ON x.oid = i.indexrelid
            CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = ? AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
              AND k.place <= i.indnkeyatts
            GROUP BY x.relname
            ORDER BY x.relname""";

    private static final String FOREIGN_KEYS = """
            SELECT c.conname, n.nspname, t.relname,
                   (SELECT array_agg(a.attname::text ORDER BY k.place)
                    FROM unnest(c.conkey) WITH ORDINALITY AS k(attnum, place)
                    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum),
                   (SELECT array_agg(a.attname::text ORDER BY k.place)
                    FROM unnest(c.confkey) WITH ORDINALITY AS k(attnum, place)
                    JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.attnum)
            FROM pg_constraint c
            JOIN pg_class t ON t.oid = c.confrelid JOIN pg_namespace n ON n.oid = t.relnamespace
            WHERE c.conrelid = ? AND c.contype = 'f' AND c.conparentid = 0
            ORDER BY c.conname""";

    private final String source;
    private final CollectionFilter filter;
    private final String publication;
    private final boolean foldsColumns;

    PostgresCatalog(SourceConfig.Postgres config) {
        this.source = config.name();
        this.filter = CollectionFilter.of(config);
        this.publication = config.publication();
        this.foldsColumns = config.engine() == SourceConfig.Engine.DEBEZIUM;
    }

    /** Every user table that the configuration includes, also those that can't be captured. */
    List<Listing> tables(Connection connection) throws SQLException {
        List<Listing> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, publication);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    CollectionId id = new CollectionId(source, rows.getString(1), rows.getString(2));
                    if (filter.accepts(id)) {
                        tables.add(listing(id, rows));
                    }
                }
            }
        }
        return tables;
    }

    private Listing listing(CollectionId id, ResultSet row) throws SQLException {
        return new Listing(
                id,
                (int) row.getLong(3),
                row.getBoolean(4),
                row.getBoolean(5),
                Identity.valueOf(row.getString(7)),
                row.getBoolean(8),
                foldsColumns && row.getBoolean(9),
                row.getLong(6));
    }

    /** A table by name, if it exists and is included. */
    Optional<Listing> table(Connection connection, CollectionId id) throws SQLException {
        return tables(connection).stream()
                .filter(table -> table.id().equals(id))
                .findFirst();
    }

    /** The table's shape, as the connection's transaction sees it. */
    CatalogTable read(Connection connection, Listing table) throws SQLException {
        List<PgColumn> columns = columns(connection, table);
        List<String> key = key(connection, table);
        for (String column : key) {
            if (!filter.mask(table.id(), column).keepsIdentity()) {
                throw maskedKey(table.id(), column);
            }
        }
        List<ForeignKey> foreignKeys = foreignKeys(connection, table);
        foreignKeys.removeIf(foreignKey -> !refers(table.id(), foreignKey));
        CollectionSchema shape = new CollectionSchema(
                table.id(),
                CollectionKind.TABLE,
                columns.stream().map(PgColumn::column).toList(),
                key,
                foreignKeys,
                uniqueKeys(connection, table, key));
        return new CatalogTable(table, shape, columns);
    }

    /** Every column of the included tables, also those that are left out, by the names that masks use. */
    List<String> columnNames(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMN_NAMES)) {
            for (Listing table : tables(connection)) {
                statement.setLong(1, Integer.toUnsignedLong(table.oid()));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        names.add(table.id().namespace() + "." + table.id().name() + "." + rows.getString(1));
                    }
                }
            }
        }
        return names;
    }

    private List<PgColumn> columns(Connection connection, Listing table) throws SQLException {
        List<PgColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setLong(1, Integer.toUnsignedLong(table.oid()));
            statement.setString(2, publication);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ColumnMask mask = filter.mask(table.id(), rows.getString(1));
                    if (!mask.drops()) {
                        columns.add(column(table.id(), rows, mask));
                    }
                }
            }
        }
        return columns;
    }

    private static PgColumn column(CollectionId table, ResultSet row, ColumnMask mask) throws SQLException {
        int oid = (int) row.getLong(4);
        PgType type = PgType.ofOid(oid);
        int modifier = type == PgType.NUMERIC ? row.getInt(5) : PgType.NO_MODIFIER;
        int precision = PgType.precision(modifier);
        int scale = PgType.scale(modifier);
        Column column =
                new Column(row.getString(1), type.dataType(precision, scale), row.getString(3), !row.getBoolean(2));
        if (mask.action() instanceof MaskAction.Truncate && !isText(column.type())) {
            throw notText(table, column);
        }
        return new PgColumn(mask.column(column), oid, precision, scale, row.getBoolean(6), mask);
    }

    private static boolean isText(DataType type) {
        return type == DataType.Simple.TEXT || type == DataType.Simple.JSON;
    }

    private static List<String> key(Connection connection, Listing table) throws SQLException {
        List<String> key = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(KEY)) {
            statement.setLong(1, Integer.toUnsignedLong(table.oid()));
            statement.setBoolean(2, table.identity() == Identity.INDEX);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    key.add(rows.getString(1));
                }
            }
        }
        return key;
    }

    private List<ForeignKey> foreignKeys(Connection connection, Listing table) throws SQLException {
        List<ForeignKey> foreignKeys = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(FOREIGN_KEYS)) {
            statement.setLong(1, Integer.toUnsignedLong(table.oid()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    foreignKeys.add(new ForeignKey(
                            rows.getString(1),
                            texts(rows.getArray(4)),
                            new CollectionId(source, rows.getString(2), rows.getString(3)),
                            texts(rows.getArray(5))));
                }
            }
        }
        return foreignKeys;
    }

    /** Beside the key; those with a masked column tell no rows of ours apart. */
    private List<UniqueKey> uniqueKeys(Connection connection, Listing table, List<String> key) throws SQLException {
        List<UniqueKey> uniqueKeys = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(UNIQUE_KEYS)) {
            statement.setLong(1, Integer.toUnsignedLong(table.oid()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    List<String> columns = texts(rows.getArray(2));
                    boolean isKey = columns.size() == key.size() && key.containsAll(columns);
                    if (!isKey
                            && columns.stream()
                                    .allMatch(column ->
                                            filter.mask(table.id(), column).keepsIdentity())) {
                        uniqueKeys.add(new UniqueKey(rows.getString(1), columns));
                    }
                }
            }
        }
        return uniqueKeys;
    }

    /** A foreign key whose values do not find those that they refer to is none. */
    private boolean refers(CollectionId table, ForeignKey foreignKey) {
        for (int i = 0; i < foreignKey.columns().size(); i++) {
            ColumnMask from = filter.mask(table, foreignKey.columns().get(i));
            ColumnMask to =
                    filter.mask(foreignKey.target(), foreignKey.targetColumns().get(i));
            if (!from.keepsIdentity() || !from.action().equals(to.action())) {
                return false;
            }
        }
        return true;
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private static PipelineException maskedKey(CollectionId table, String column) {
        return new PipelineException(
                ErrorCode.CONFIG_INVALID,
                "A column that identifies the table's rows is left out, or masked so that rows become the same",
                "mask or exclude-columns, column " + table + "." + column,
                "Mask it with hash, which keeps rows apart, keep it, or exclude the whole table.");
    }

    private static PipelineException notText(CollectionId table, Column column) {
        return new PipelineException(
                ErrorCode.CONFIG_INVALID,
                "A column of type " + column.sourceType() + " is truncated, which only texts can be",
                "mask, column " + table + "." + column.name(),
                "Mask it with hash, redact or drop.");
    }
}
