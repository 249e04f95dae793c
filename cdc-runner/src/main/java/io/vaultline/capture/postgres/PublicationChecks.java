package io.vaultline.capture.postgres;

import io.vaultline.capture.postgres.CatalogTable.Listing;
import io.vaultline.check.Findings;
import io.vaultline.check.Fix;
import io.vaultline.check.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks whether the publication is whole, or can be made so by the capture's role. */
final class PublicationChecks {
    private static final int LISTS_AND_FILTERS = 150_000;

    private final Connection connection;
    private final Asked asked;
    private final Publication publication;
    private final String name;
    private final Findings findings;

    PublicationChecks(Connection connection, String name, Findings findings) {
        this.connection = connection;
        this.asked = new Asked(connection);
        this.publication = new Publication(name, "");
        this.name = name;
        this.findings = findings;
    }

    void run(List<Listing> included) throws SQLException {
        List<Listing> tables = included.stream().filter(Listing::capturable).toList();
        if (!publication.exists(connection)) {
            missing(tables);
            return;
        }
        options();
        incomplete(publication.missing(connection, tables));
        all(included);
        if (asked.number("SHOW server_version_num") >= LISTS_AND_FILTERS) {
            narrowed(tables);
        }
    }

    private void missing(List<Listing> tables) throws SQLException {
        boolean may = asked.yes("SELECT has_database_privilege(current_database(), 'CREATE')")
                && publication.mayPublish(connection, tables).size() == tables.size();
        if (may) {
            of(
                    Severity.NOTE,
                    "It does not exist; run creates it",
                    Fix.sql(publication.creation(connection, tables) + ";"));
        } else {
            of(
                    Severity.ERROR,
                    "It does not exist, and the user may not create it: that takes CREATE on the database and the"
                            + " ownership of its tables",
                    Fix.sql(publication.creation(connection, tables) + ";"));
        }
    }

    private void options() throws SQLException {
        if (!publication.isComplete(connection)) {
            of(Severity.ERROR, Publication.INCOMPLETE, Fix.sql(publication.completion() + ";"));
        }
    }

    private void incomplete(List<Listing> missing) throws SQLException {
        if (missing.isEmpty()) {
            return;
        }
        boolean owned = asked.yes("SELECT pg_has_role(pubowner, 'USAGE') FROM pg_publication WHERE pubname = ?", name);
        List<Listing> own = owned ? publication.mayPublish(connection, missing) : List.of();
        if (own.size() == missing.size()) {
            of(
                    Severity.NOTE,
                    "It lacks " + missing.size() + " tables; run adds them",
                    Fix.sql(publication.addition(missing) + ";"));
        } else {
            of(
                    Severity.ERROR,
                    "It lacks " + missing.size() + " tables that the user may not add, so they are not captured",
                    Fix.sql(publication.addition(missing) + ";"));
        }
    }

    private void all(List<Listing> included) throws SQLException {
        boolean all = asked.yes("SELECT puballtables FROM pg_publication WHERE pubname = ?", name);
        if (all && included.stream().anyMatch(table -> !table.capturable())) {
            of(
                    Severity.WARNING,
                    "It is FOR ALL TABLES, which makes updates fail on tables without a replica identity",
                    Fix.sql("DROP PUBLICATION " + Sql.identifier(name) + ";\n"
                            + publication.creation(
                                    connection,
                                    included.stream()
                                            .filter(Listing::capturable)
                                            .toList()) + ";"));
        }
    }

    private void narrowed(List<Listing> tables) throws SQLException {
        for (Listing table : tables) {
            for (@Nullable
            String[] ignored : asked.rows(
                    "SELECT 1 FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid"
                            + " WHERE p.pubname = ? AND r.prrelid = ?::oid AND (r.prattrs IS NOT NULL OR r.prqual IS NOT NULL)",
                    name,
                    Integer.toUnsignedLong(table.oid()))) {
                String quoted = Sql.identifier(name);
                of(
                        Severity.ERROR,
                        "It publishes only some columns or rows of " + table.id(),
                        Fix.sql("ALTER PUBLICATION " + quoted + " DROP TABLE " + table.quoted() + ";\n"
                                + publication.addition(List.of(table)) + ";"));
            }
        }
    }

    private void of(Severity severity, String what, Fix fix) {
        findings.of(severity, "publication " + name, what, fix);
    }
}
