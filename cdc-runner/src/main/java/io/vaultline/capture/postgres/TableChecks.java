package io.vaultline.capture.postgres;

import io.vaultline.capture.mask.ColumnMask;
import io.vaultline.capture.postgres.CatalogTable.Identity;
import io.vaultline.capture.postgres.CatalogTable.Listing;
import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.check.Finding;
import io.vaultline.check.Findings;
import io.vaultline.check.Fix;
import io.vaultline.check.Severity;
import io.vaultline.error.PipelineException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks whether each included table can be captured, and read by the capture's role. */
final class TableChecks {
    private final Connection connection;
    private final Asked asked;
    private final PostgresCatalog catalog;
    private final CollectionFilter filter;
    private final Findings findings;
    private final Set<String> schemas = new HashSet<>();

    TableChecks(Connection connection, PostgresCatalog catalog, CollectionFilter filter, Findings findings) {
        this.connection = connection;
        this.asked = new Asked(connection);
        this.catalog = catalog;
        this.filter = filter;
        this.findings = findings;
    }

    void run() throws SQLException {
        List<Listing> tables = catalog.tables(connection);
        if (tables.isEmpty()) {
            findings.warning(
                    "No table fits include and exclude", Fix.advice("Correct the source's include and exclude."));
        }
        String user = asked.single("SELECT current_user");
        for (Listing table : tables) {
            logged(table);
            identity(table);
            deferrable(table);
            schema(table, user);
            readable(table, user);
            rowSecurity(table, user);
            columns(table);
        }
    }

    private void logged(Listing table) {
        if (table.unlogged()) {
            of(
                    Severity.ERROR,
                    table,
                    "It is unlogged, so its changes are in no log and it is not captured",
                    Fix.sql("ALTER TABLE " + table.quoted() + " SET LOGGED;"));
        }
    }

    private void identity(Listing table) {
        if (table.identity() == Identity.NONE) {
            of(
                    Severity.ERROR,
                    table,
                    "It has no primary key and no replica identity, so it is not captured: publishing it so would make"
                            + " its updates fail",
                    Fix.sql("ALTER TABLE " + table.quoted() + " REPLICA IDENTITY FULL;"));
        }
    }

    /** A replica identity it can't be, so the table has the full one. */
    private void deferrable(Listing table) throws SQLException {
        if (!table.deferrable() || !table.capturable()) {
            return;
        }
        for (@Nullable
        String[] row : asked.rows(
                "SELECT quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
                        + " WHERE conrelid = ?::oid AND contype = 'p'",
                oid(table))) {
            String immediate = String.valueOf(row[1]).replaceFirst(" DEFERRABLE( INITIALLY DEFERRED)?$", "");
            of(
                    Severity.WARNING,
                    table,
                    "Its primary key is deferrable: rows may share a key within a transaction, and the one that keeps it may be"
                            + " taken for gone if they are equal otherwise, or if it does not change meanwhile",
                    Fix.sql("ALTER TABLE " + table.quoted() + " DROP CONSTRAINT " + row[0] + ", ADD " + immediate
                            + ";"));
        }
    }

    private void schema(Listing table, String user) throws SQLException {
        String schema = table.id().namespace();
        if (schemas.add(schema) && !asked.yes("SELECT has_schema_privilege(?, 'USAGE')", schema)) {
            findings.of(
                    Severity.ERROR,
                    "schema " + Sql.identifier(schema),
                    "The user may not use the schema",
                    Fix.sql("GRANT USAGE ON SCHEMA " + Sql.identifier(schema) + " TO " + Sql.identifier(user) + ";"));
        }
    }

    private void readable(Listing table, String user) throws SQLException {
        if (asked.yes("SELECT has_table_privilege(?::oid, 'SELECT')", oid(table))) {
            return;
        }
        List<String> missing = asked
                .rows(
                        "SELECT attname FROM pg_attribute WHERE attrelid = ?::oid AND attnum > 0 AND NOT attisdropped"
                                + " AND attgenerated = '' AND NOT has_column_privilege(attrelid, attnum, 'SELECT')"
                                + " ORDER BY attnum",
                        oid(table))
                .stream()
                .map(row -> Objects.requireNonNull(row[0]))
                .filter(column -> filter.acceptsColumn(table.id(), column))
                .toList();
        if (!missing.isEmpty()) {
            of(
                    Severity.ERROR,
                    table,
                    "The user may not read " + (missing.size() == 1 ? "a column" : missing.size() + " columns")
                            + " that is captured: " + String.join(", ", missing),
                    Fix.sql("GRANT SELECT ("
                            + missing.stream().map(Sql::identifier).collect(Collectors.joining(", ")) + ") ON TABLE "
                            + table.quoted() + " TO " + Sql.identifier(user) + ";"));
        }
    }

    /** A snapshot would hold the rows that the policies show, and nobody would notice. */
    private void rowSecurity(Listing table, String user) throws SQLException {
        boolean hidden = asked.yes("SELECT row_security_active(?::oid)", oid(table));
        if (hidden) {
            of(
                    Severity.ERROR,
                    table,
                    "Row security hides rows of the table from the user, so a snapshot would lack them",
                    Fix.sql("ALTER ROLE " + Sql.identifier(user) + " WITH BYPASSRLS;"));
        }
    }

    private void columns(Listing table) throws SQLException {
        long generated = asked.number(
                "SELECT count(*) FROM pg_attribute WHERE attrelid = ?::oid AND attnum > 0 AND NOT attisdropped"
                        + " AND attgenerated <> ''",
                oid(table));
        if (generated > 0) {
            of(
                    Severity.NOTE,
                    table,
                    generated + " generated columns are not captured unless the publication publishes them",
                    Fix.advice("Compute them in a view of the vault; or, from PostgreSQL 18 on, publish stored ones"
                            + " (publish_generated_columns = stored)."));
        }
        try {
            catalog.read(connection, table);
        } catch (PipelineException e) {
            findings.add(Finding.of(e));
        }
        brokenReferences(table);
    }

    private void brokenReferences(Listing table) throws SQLException {
        for (@Nullable String[] row : asked.rows("""
                SELECT a.attname, n.nspname, t.relname, f.attname
                FROM pg_constraint c
                CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k(own, other)
                JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.own
                JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = k.other
                JOIN pg_class t ON t.oid = c.confrelid JOIN pg_namespace n ON n.oid = t.relnamespace
                WHERE c.conrelid = ?::oid AND c.contype = 'f' AND c.conparentid = 0""", oid(table))) {
            String own = String.valueOf(row[0]);
            ColumnMask mine = filter.mask(table.id(), own);
            ColumnMask theirs = filter.mask(
                    new io.vaultline.event.CollectionId(
                            table.id().source(), String.valueOf(row[1]), String.valueOf(row[2])),
                    String.valueOf(row[3]));
            if (theirs.changes() && theirs.keepsIdentity() && !mine.action().equals(theirs.action())) {
                String column = table.id().namespace() + "." + table.id().name() + "." + own;
                of(
                        Severity.WARNING,
                        table,
                        "Column " + own
                                + " refers to a column that is hashed, and is not hashed itself: it shows what the"
                                + " mask hides, and makes no link",
                        Fix.config("mask: { \"" + column + "\": hash }"));
            }
        }
    }

    private void of(Severity severity, Listing table, String what, Fix fix) {
        findings.of(severity, "table " + table.quoted(), what, fix);
    }

    private static long oid(Listing table) {
        return Integer.toUnsignedLong(table.oid());
    }
}
